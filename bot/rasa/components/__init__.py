"""The classes that Rasa loads by name: from config.yml, endpoints.yml and credentials.yml.

Every command of Rasa's loads at least one of them, and so this package first. That is where the
patches come into force: what `rasa data validate`, `train`, `test` and `shell` judge is the Rasa
that serves.
"""

from __future__ import annotations

from bot.rasa import patches

patches.apply()
