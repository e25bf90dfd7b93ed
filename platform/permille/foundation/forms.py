"""Forms: the base every form grows from. Text arrives trimmed and clean; errors speak the reader's language."""

import unicodedata
from collections.abc import Container, Iterable
from email.headerregistry import Address
from typing import Any, ClassVar
from urllib.parse import urlsplit

import wtforms
from flask import request
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField
from wtforms.validators import StopValidation, ValidationError

from permille.foundation import languages
from permille.foundation.catalogs import catalog
from permille.foundation.kept_forms import TOKEN, kept_fields, settle_kept

BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class _Translations:
    def gettext(self, text: str) -> str:
        return languages._(text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return catalog(languages.language()).ngettext(one, many, n)


class CodeField(wtforms.StringField):
    """A code that opens something: typed in clear, and kept nowhere."""


SECRET = (wtforms.PasswordField, CodeField)


class Form(FlaskForm):
    """A form that fills itself from the request, or from what was kept of it, protected against forgery."""

    secret: ClassVar[set[str]] = set()
    """The names of all fields for passwords and codes: never kept, whatever form they are in."""

    def __init_subclass__(cls, **known: Any) -> None:
        super().__init_subclass__(**known)
        fields = ((name, getattr(one, "field_class", None)) for name, one in vars(cls).items())
        Form.secret |= {name for name, kind in fields if kind and issubclass(kind, SECRET)}

    class Meta(FlaskForm.Meta):
        """How every form behaves."""

        def get_translations(self, form: Any) -> _Translations:
            """Speak from our own catalogs; the library's are incomplete."""
            return _Translations()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Fill a form that is shown from what was kept when its session had ended."""
            sent = super().wrap_formdata(form, formdata)
            kept = kept_fields() if sent is None else None
            return kept if kept and _fits(form, kept) else sent

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Put the cleaning filter in front of a text field's own filters."""
            cleaned = (wtforms.StringField, wtforms.SearchField)
            passwords = wtforms.PasswordField
            field = unbound_field.field_class
            if issubclass(field, cleaned) and not issubclass(field, passwords):
                options["filters"] = [clean, *unbound_field.kwargs.get("filters", ())]
            return unbound_field.bind(form=form, **options)

    def is_in_order(self) -> bool:
        """Tell whether the form was sent and every field of it is as it should be."""
        is_so = request.method == "POST" and bool(self.validate())
        if is_so:
            settle_kept()
        return is_so


def _fits(form: Any, kept: Container[str]) -> bool:
    # A browser sends every text and every list, even empty: a form with one that is missing is another form.
    fields = [field for field in form if field.name != TOKEN and field.name not in Form.secret]
    sent_always = [one for one in fields if isinstance(one, wtforms.StringField) or type(one) is SelectField]
    return any(one.name in kept for one in fields) and all(one.name in kept for one in sent_always)


def clean(text: str | None) -> str | None:
    """Trim a text, normalise it (NFC) and drop what cannot be stored or turns reading around."""
    if not text:
        return text
    kept = "".join(letter for letter in text if _is_kept(letter))
    return unicodedata.normalize("NFC", kept).strip()


def _is_kept(letter: str) -> bool:
    if letter in "\n\r\t":
        return True
    return letter not in BIDI_CONTROLS and unicodedata.category(letter) not in ("Cc", "Cs")


def one_line(text: str | None) -> str | None:
    """Write a text on one line, with single spaces."""
    return " ".join(text.split()) if text else text


def said(message: str) -> Any:
    """Require a value; `message` says what to do, in words."""

    def check(_form: Any, field: Any) -> None:
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            if not any(isinstance(sent, str) and sent.strip() for sent in field.raw_data or ()):
                field.errors[:] = []  # of an empty day the library says that it is no day
            raise StopValidation(message)

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


def optional() -> Any:
    """Accept an empty value without further checks."""

    def check(_form: Any, field: Any) -> None:
        if not field.data:
            raise StopValidation

    return check


def at_most(limit: int) -> Any:
    """Refuse a text of more than `limit` characters, saying how many there are."""

    def check(_form: Any, field: Any) -> None:
        length = len(field.data or "")
        if length > limit:
            raise ValidationError(
                languages._(
                    "This text has %(length)s characters. Please keep it under %(limit)s.",
                    length=languages.number(length),
                    limit=languages.number(limit),
                )
            )

    return check


def can_be_address(address: str) -> bool:
    """Tell whether a text can be an e-mail address that a mail can be sent to."""
    name, at, host = address.rpartition("@")
    fits = at and name and "." in host.strip(".") and not any(letter.isspace() for letter in address)
    plain = len(address) <= 200 and address.isascii() and all(ord(letter) > 32 for letter in address)
    return bool(fits) and plain and _can_be_sent_to(address)


def is_address(_form: Any, field: Any) -> None:
    """Refuse what cannot be an e-mail address, and say what is missing."""
    if not can_be_address(field.data or ""):
        raise ValidationError(languages._("Enter an e-mail address, for example name@example.org."))


def can_be_web_address(text: str) -> bool:
    """Tell whether a text can be the address of a website."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    is_whole = parts.scheme in ("https", "http") and "." in (parts.hostname or "").strip(".")
    return is_whole and not any(letter.isspace() for letter in text)


def is_web_address(_form: Any, field: Any) -> None:
    """Refuse what cannot be the address of a website."""
    if not can_be_web_address(field.data or ""):
        raise ValidationError(languages._("Enter a web address that starts with https://"))


def _can_be_sent_to(address: str) -> bool:
    try:
        return Address(addr_spec=address).addr_spec == address
    except Exception:  # noqa: BLE001, RUF100 (on nonsense its reader raises whatever it stumbles over)
        return False


def options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return `(value, label)` pairs as the choices of a field."""
    return [SelectChoice(value, label) for value, label in pairs]
