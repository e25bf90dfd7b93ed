"""The mails of accounts. A known and an unknown address each get one: only the mail tells which it is."""

import secrets
from typing import Any

from sqlalchemy import or_, update

from permille.foundation import mail
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.links import absolute, link
from permille.people.models import MailedLink, Person, Purpose
from permille.people.models.sessions import digest_of
from permille.people.queries import owner_with, person_with


def code_digest(code: str, browser: str) -> bytes:
    """Return what the database may know of a code: useless without the browser that asked."""
    return digest_of(f"{browser}:{code}")


def mail_sign_in(session: Session, email: str, lang: str, browser: str, then: str | None) -> None:
    """Mail a link and a code to a known address; tell an unknown one how to sign up."""
    person = owner_with(session, email)
    if person is None:
        _mail_stranger(session, email, lang)
        return
    row, token = MailedLink.write(Purpose.SIGN_IN, email, person.language, person, then=then)
    code = f"{secrets.randbelow(1_000_000):06d}"
    row.bound_to, row.code_digest = digest_of(browser), code_digest(code, browser)
    session.add(row)
    _mail(session, person, "sign_in", page=_page("people.open_link", person.language, token=token), code=code)


def mail_sign_up(session: Session, email: str, lang: str) -> None:
    """Mail the link that makes an account; who has one already is told so."""
    person = owner_with(session, email)
    if person is not None:
        _mail(session, person, "known", page=_page("people.sign_in", person.language))
        return
    row, token = MailedLink.write(Purpose.CONFIRM, email, lang)
    session.add(row)
    mail.send(session, email, lang, "confirm", page=_page("people.open_link", lang, token=token))


def mail_reset(session: Session, email: str, lang: str) -> None:
    """Mail the link that sets a new password; tell an unknown address how to sign up."""
    person = owner_with(session, email)
    if person is None:
        _mail_stranger(session, email, lang)
        return
    mail_password_link(session, person)


def mail_password_link(session: Session, person: Person) -> str:
    """Mail a person the link that sets a new password; returns its address."""
    row, token = MailedLink.write(Purpose.RESET, person.email, person.language, person)
    session.add(row)
    page = _page("people.open_link", person.language, token=token)
    _mail(session, person, "reset", page=page)
    return page


def mail_new_address(session: Session, person: Person, email: str) -> None:
    """Mail a link to the address somebody wants to use, and a notice to the present one."""
    _mail(session, person, "address_asked", page=_page("people.mine", person.language))
    if person_with(session, email) is not None:
        page = _page("people.sign_in", person.language)
        mail.send(session, email, person.language, "known", page=page)
        return
    row, token = MailedLink.write(Purpose.CHANGE_ADDRESS, email, person.language, person)
    session.add(row)
    page = _page("people.open_link", person.language, token=token)
    mail.send(session, email, person.language, "new_address", person_id=person.id, page=page)


def mail_address_changed(session: Session, person: Person, old: str) -> None:
    """Tell the old address that it is no longer used."""
    page = _page("portals.help", person.language)
    mail.send(session, old, person.language, "address_changed", person_id=person.id, page=page)


def mail_password_changed(session: Session, person: Person) -> None:
    """Tell a person that their password is a new one."""
    _mail(session, person, "password_changed", page=_page("people.forgotten", person.language))


def mail_new_device(session: Session, person: Person, device: str) -> None:
    """Tell a person that somebody signed in with a device not seen before."""
    _mail(session, person, "new_device", page=_page("people.forgotten", person.language), device=device)


def mail_deleted(session: Session, email: str, lang: str) -> None:
    """Tell somebody that their account is gone; the mail belongs to nobody any more."""
    mail.send(session, email, lang, "deleted", page=_page("portals.home", lang))


def end_links(session: Session, person: Person) -> None:
    """Make every unused link to this account, or to its address, worthless (1 statement)."""
    theirs = or_(MailedLink.person_id == person.id, MailedLink.email == person.email)
    session.execute(
        update(MailedLink).where(theirs, MailedLink.used_at.is_(None)).values(used_at=now(), payload={})
    )


def _mail_stranger(session: Session, email: str, lang: str) -> None:
    mail.send(session, email, lang, "unknown", page=_page("people.sign_up", lang))


def _mail(session: Session, person: Person, template: str, **context: Any) -> None:
    mail.send(session, person.email, person.language, template, person_id=person.id, **context)


def _page(endpoint: str, lang: str, **values: str) -> str:
    return absolute(link(endpoint, lang=lang, **values))
