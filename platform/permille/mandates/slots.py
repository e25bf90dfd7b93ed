"""What mandates add when the app is put together: the words of what is done to them."""

from flask import Flask

from permille.mandates.words import ACTS
from permille.vacancies.words import speak_of


def fill_slots(_app: Flask) -> None:
    """Register what this package knows."""
    speak_of(ACTS, {})
