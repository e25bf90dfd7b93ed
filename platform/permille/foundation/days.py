"""Days as people enter them: checked for slips, and counted to their last moment in UTC."""

from calendar import monthrange
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


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
