"""What a training is set to, for the fingerprint of the weights that it makes."""

from __future__ import annotations

from typing import Any

import regex


def parameters(module: object) -> dict[str, Any]:
    """Every constant that a module has or imports, as JSON has it."""
    return {
        name: value.pattern
        if isinstance(value, regex.Pattern)
        else sorted(map(str, value))
        if isinstance(value, (set, frozenset))
        else value
        for name, value in vars(module).items()
        if name.isupper()
    }
