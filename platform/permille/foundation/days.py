"""Days as people enter them: checked for slips, and counted to their last moment in UTC."""

from datetime import UTC, date, datetime, time

from permille.foundation.clock import now

_YEARS = range(1900, 2101)


def today() -> date:
    """Return today's day."""
    return now().date()


def is_sensible(day: date) -> bool:
    """Tell whether a year can be meant; 0001 or 20260 is a slip of the finger."""
    return day.year in _YEARS


def end_of(day: date) -> datetime:
    """Return the last moment of a day, so that the whole day counts."""
    return datetime.combine(day, time.max, UTC)
