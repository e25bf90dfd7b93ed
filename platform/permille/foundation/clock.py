"""The one clock. Tests turn it by hand; nothing else asks what time it is."""

from collections.abc import Callable
from datetime import UTC, datetime

_source: Callable[[], datetime] | None = None


def now() -> datetime:
    """Return the present moment in UTC, with its zone on."""
    return _source() if _source else datetime.now(UTC)


def turn(source: Callable[[], datetime] | None) -> None:
    """Take the time from `source` from now on; `None` goes back to the real time."""
    global _source  # noqa: PLW0603 (a clock is one for the process by nature)
    _source = source
