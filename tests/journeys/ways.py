"""The ways a journey is made: in French without JavaScript, in Arabic on a phone with it; and crossed, in the campaign."""

import os

WAYS = [("sqlite", "fr", False, 1280), ("postgresql", "ar", True, 390)]
CROSSED = [("postgresql", "fr", True, 390), ("sqlite", "ar", False, 1280)]
EVERY_WAY = "PERMILLE_TESTS_EVERY_WAY"
"""Set, journeys are made the other two ways as well."""


def ways() -> list[tuple[str, str, bool, int]]:
    """Return database, language, whether JavaScript runs, and width, by journey to be made."""
    return WAYS + (CROSSED if os.environ.get(EVERY_WAY) else [])
