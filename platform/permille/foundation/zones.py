"""Zones: the last moment of a day as its reader's clock shows it. What counts stays 23:59 UTC."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import format_time, get_datetime_format, get_timezone_location
from flask import Flask, has_request_context
from markupsafe import Markup

from permille.foundation.days import end_of
from permille.foundation.languages import _, day, language, locale_of, moment

_addressee: ContextVar[str | None] = ContextVar("addressee", default=None)


def show_zones(app: Flask, of_reader: Callable[[], str]) -> None:
    """Teach the app to write deadlines; `of_reader` names the zone of whoever is looking, empty for UTC."""
    app.extensions["zone_of_reader"] = of_reader
    app.jinja_env.filters.update(deadline=deadline, last_moment=last_moment)


def zone() -> str:
    """Return the name of the zone being written for: a mail's addressee's, else the reader's; empty for UTC."""
    name = _addressee.get()
    if name is not None:
        return name
    if not has_request_context():
        return ""
    from flask import current_app

    of_reader: Callable[[], str] | None = current_app.extensions.get("zone_of_reader")
    return of_reader() if of_reader else ""


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """Write for another zone for a while, as a mail to somebody there does."""
    token = _addressee.set(name)
    try:
        yield
    finally:
        _addressee.reset(token)


@cache
def zone_named(name: str) -> ZoneInfo | None:
    """Return a zone by its name; none where this server does not know it."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


@cache
def known_zones() -> frozenset[str]:
    """Return the names of all zones this server knows; none when it lacks the data of time zones."""
    return frozenset(available_timezones())


def city_of(name: str) -> str:
    """Say the city a zone is named after, in the language being spoken."""
    return _city(name, language())


@lru_cache(maxsize=4096)
def _city(name: str, lang: str) -> str:
    city = str(get_timezone_location(ZoneInfo(name), locale=locale_of(lang), return_city=True))
    return city.rpartition("/")[2]


def last_moment(last_day: date) -> str:
    """Write the last moment of a day that ends at 23:59 UTC, by the clock of the zone being written for."""
    name = zone()
    if zone_named(name) is None:
        return _written(last_day, "", language())
    when = _written(last_day, name, language())
    return _("%(when)s (time in %(place)s)", when=when, place=city_of(name))


@lru_cache(maxsize=2048)
def _written(last_day: date, name: str, lang: str) -> str:
    end = end_of(last_day)
    here = zone_named(name)
    if here is None:
        return moment(end)
    local = end.astimezone(here)
    time = format_time(local, "HH:mm", tzinfo=here, locale=locale_of(lang))
    return str(get_datetime_format("long", locale=locale_of(lang))).format(time, day(local))


def deadline(last_day: date) -> Markup:
    """Write the same for a page: isolated from the text around it, and readable by machines."""
    end = end_of(last_day).astimezone(UTC).replace(second=0, microsecond=0)
    return Markup('<time datetime="{}" dir="auto">{}</time>').format(end.isoformat(), last_moment(last_day))
