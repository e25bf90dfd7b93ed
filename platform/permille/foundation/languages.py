"""Languages: the six of the United Nations. The language of a page comes from its path and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_time, get_datetime_format
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.support import LazyProxy
from flask import Flask, g, request
from markupsafe import Markup

from permille.foundation.catalogs import SOURCE, catalog

NAMES = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
"""Each language's own name, in the order the United Nations list them."""

LANGUAGES = tuple(NAMES)
CHOICE = f"any({','.join(LANGUAGES)})"
"""The URL converter that accepts these languages and nothing else."""

_reader: ContextVar[str | None] = ContextVar("reader", default=None)


def language() -> str:
    """Return the code of the language being spoken: a mail's reader's, else the page's."""
    mail = _reader.get()
    if mail:
        return mail
    try:
        return str(g.get("language", SOURCE))
    except RuntimeError:  # outside of any application
        return SOURCE


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language for a while, as a mail to its reader does."""
    token = _reader.set(code if code in NAMES else SOURCE)
    try:
        yield
    finally:
        _reader.reset(token)


@cache
def locale_of(code: str) -> Locale:
    """Return Babel's locale of a language: simplified Chinese, and dates as the United Nations write English."""
    return Locale.parse({"zh": "zh_Hans", "en": "en_GB"}.get(code, code))


def locale() -> Locale:
    """Return the locale being spoken."""
    return locale_of(language())


def direction(code: str) -> str:
    """Tell which way a language's script runs: `ltr` or `rtl`."""
    return locale_of(code).text_direction


def _(text: str, **values: object) -> str:
    """Say a text in the reader's language, now."""
    said = catalog(language()).gettext(text)
    return said % values if values else said


def _n(one: str, many: str, n: int, **values: object) -> str:
    """Say how many in the reader's language, which may have six ways of counting."""
    return catalog(language()).ngettext(one, many, n) % {"n": number(n), **values}


def _l(text: str) -> str:
    """Say a text later, when it is known who reads it: for forms and constants."""
    return LazyProxy(_, text, enable_cache=False)  # type: ignore[return-value]  # acts like a str


def day(when: date | datetime) -> str:
    """Write a date with its month in words and its year."""
    return _day(when.date() if isinstance(when, datetime) else when, language())


@lru_cache(maxsize=2048)
def _day(when: date, lang: str) -> str:
    return format_date(when, "long", locale=locale_of(lang))


def moment(when: datetime) -> str:
    """Write a point in time, in UTC and saying so, date and time in the order of the language."""
    time = f"{format_time(when, 'HH:mm', tzinfo=UTC, locale=locale())} UTC"
    return str(get_datetime_format("long", locale=locale())).format(time, day(when))


def dated(when: date | datetime) -> Markup:
    """Write a date for a page: isolated from the text around it, and readable by machines."""
    return _dated(when.date() if isinstance(when, datetime) else when, language())


@lru_cache(maxsize=2048)
def _dated(when: date, lang: str) -> Markup:
    return Markup('<time datetime="{}" dir="auto">{}</time>').format(f"{when:%Y-%m-%d}", _day(when, lang))


def timed(when: datetime) -> Markup:
    """Write a point in time for a page, as `dated` does."""
    return Markup('<time datetime="{}" dir="auto">{}</time>').format(when.isoformat(), moment(when))


def number(value: float) -> str:
    """Write a number with the reader's separators."""
    return _number(value, language())


@lru_cache(maxsize=4096)
def _number(value: float, lang: str) -> str:
    return format_decimal(value, locale=locale_of(lang))


def listed(items: list[str]) -> str:
    """Join words the way the language does: a, b and c."""
    return format_list(items, locale=locale()) if items else ""


def wanted_language() -> str | None:
    """Negotiate: the saved choice, else the first of the browser's that we speak, else none."""
    saved = request.cookies.get("language")
    if saved in NAMES:
        return saved
    wanted = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((code for code in wanted if code in NAMES), None)


def speak(app: Flask) -> None:
    """Teach the app its languages."""
    env = app.jinja_env
    env.policies["ext.i18n.trimmed"] = True
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: catalog(language()).gettext(text),
        lambda one, many, n: catalog(language()).ngettext(one, many, n),
        newstyle=True,
    )
    env.filters.update(day=day, dated=dated, moment=moment, timed=timed, number=number, listed=listed)
    env.globals.update(language=language, direction=direction, NAMES=NAMES, _n=_n)
    app.url_value_preprocessor(_pull)
    app.url_defaults(_push)
    app.before_request(_of_the_path)
    for code in LANGUAGES:
        catalog(code)


def _pull(_endpoint: str | None, values: dict[str, object] | None) -> None:
    if values and "lang" in values:
        g.language = values.pop("lang")


def _of_the_path() -> None:
    # Error pages and unknown addresses speak the language of their first folder, else the browser's.
    if "language" not in g:
        first = request.path.split("/")[1]
        g.language = first if first in NAMES else wanted_language() or SOURCE
        g.is_negotiated = first not in NAMES


def _push(endpoint: str, values: dict[str, object]) -> None:
    from flask import current_app

    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = language()
