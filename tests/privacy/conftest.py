"""Microsoft, stood in for as in the tests of Teams."""

from tests.teams.conftest import microsoft, stub

__all__ = ["microsoft", "stub"]
