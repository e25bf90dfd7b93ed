"""What mandates add when the app is put together: the words of what is done to them, and whom a renewal concerns."""

from flask import Flask

from permille.mandates.queries import concerned
from permille.mandates.words import ACTS
from permille.vacancies.interests import interest
from permille.vacancies.words import speak_of


def fill_slots(_app: Flask) -> None:
    """Register what this package knows."""
    interest("an office that is renewed", concerned)
    speak_of(ACTS, {})
