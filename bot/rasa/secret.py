"""Where a request carries the secret that Rasa and the assistant's own listeners share.

It is made anew at each start.
"""

from __future__ import annotations

HEADER = "X-Principles-Secret"
