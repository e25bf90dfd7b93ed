"""What a browser is asked before it makes or shows a passkey: random, kept with its session, answered once.

Passkeys belong to the name of the public address. A number has none, and under another name they are not found.
"""

import ipaddress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import delete, select
from webauthn.helpers import generate_challenge, generate_user_handle, options_to_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.people.models import Ceremony, Challenge, Passkey, Person, SignedIn
from permille.people.models.passkeys import LIFE
from permille.people.second_step import ISSUER

PATIENCE = int(LIFE.total_seconds() * 1000)
"""Milliseconds a browser waits for its user: as long as its answer would be believed."""
USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Place:
    """Where passkeys belong: the name they are bound to, and the one origin whose pages may ask for them."""

    name: str
    origin: str


def place_of(address: str) -> Place | None:
    """Return the place of a public address; None where it is a number, to which no passkey can be bound."""
    parts = urlsplit(address)
    name = parts.hostname or ""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        port = f":{parts.port}" if parts.port not in (None, USUAL_PORTS.get(parts.scheme)) else ""
        return Place(name, f"{parts.scheme}://{name}{port}")
    return None


def passkeys_of(session: Session, person: Person) -> list[Passkey]:
    """List a person's passkeys, oldest first (1 statement)."""
    return list(session.scalars(select(Passkey).where(Passkey.person_id == person.id).order_by(Passkey.id)))


def ask_to_add(session: Session, session_id: int, person: Person, place: Place) -> str:
    """Return, as JSON, what a browser needs to make a passkey for a person (4 statements). The caller commits."""
    known = passkeys_of(session, person)
    handle = known[0].handle if known else generate_user_handle()
    options = webauthn.generate_registration_options(
        rp_id=place.name,
        rp_name=ISSUER,
        user_id=handle,
        user_name=person.email,
        user_display_name=person.name or person.email,
        challenge=_ask(session, session_id, Ceremony.ADDING, handle),
        timeout=PATIENCE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[_described(one) for one in known],
    )
    return options_to_json(options)


def ask_to_show(session: Session, session_id: int, person: Person, place: Place) -> str:
    """Return, as JSON, what a browser needs to show one of a person's passkeys (4 statements). The caller commits."""
    options = webauthn.generate_authentication_options(
        rp_id=place.name,
        challenge=_ask(session, session_id, Ceremony.SHOWING),
        timeout=PATIENCE,
        allow_credentials=[_described(one) for one in passkeys_of(session, person)],
    )
    return options_to_json(options)


def _described(one: Passkey) -> PublicKeyCredentialDescriptor:
    transports = [AuthenticatorTransport(way) for way in one.transports]
    return PublicKeyCredentialDescriptor(id=one.credential_id, transports=transports or None)


def _ask(session: Session, session_id: int, ceremony: Ceremony, handle: bytes | None = None) -> bytes:
    # Held, so that of two questions in two windows one comes after the other, and the last one counts.
    session.execute(select(SignedIn.id).where(SignedIn.id == session_id).with_for_update())
    session.execute(delete(Challenge).where(Challenge.session_id == session_id))
    value = generate_challenge()
    session.add(Challenge(session_id=session_id, ceremony=ceremony, value=value, handle=handle))
    return value


def asked_of(session: Session, session_id: int, ceremony: Ceremony) -> Any:
    """Return what a session was asked, if it was just now, and forget it: there is one answer (1 statement)."""
    theirs = (Challenge.session_id == session_id, Challenge.ceremony == ceremony)
    taken = (
        delete(Challenge).where(*theirs).returning(Challenge.value, Challenge.handle, Challenge.created_at)
    )
    row = session.execute(taken, execution_options={"synchronize_session": False}).one_or_none()
    return row if row is not None and now() - row.created_at <= LIFE else None
