"""Passkeys (WebAuthn): those of a person, adding one, and believing one that is shown.

Who made a key is not asked for (attestation "none"); a key whose count of uses goes back may have been copied.
"""

from typing import Any

import webauthn
from sqlalchemy import select, update
from webauthn.helpers import parse_authentication_credential_json, parse_registration_credential_json

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.people.models import Ceremony, Passkey, Person
from permille.people.models.passkeys import LONGEST_ID
from permille.people.passkey_questions import Place, asked_of
from permille.people.second_step import changed_one


def passkey_of(session: Session, person: Person, passkey_id: int) -> Passkey | None:
    """Find one passkey of a person (1 statement)."""
    theirs = (Passkey.person_id == person.id, Passkey.id == passkey_id)
    return session.scalar(select(Passkey).where(*theirs))


def add(
    session: Session, session_id: int, person: Person, place: Place, name: str, answer: str
) -> Passkey | None:
    """Add the passkey a browser has made, or return None when it is not what was asked for (3 statements).

    The caller commits either way: what was asked is spent.
    """
    asked = asked_of(session, session_id, Ceremony.ADDING)
    made = _read(parse_registration_credential_json, answer)
    if asked is None or made is None:
        return None
    try:
        verified = webauthn.verify_registration_response(
            credential=made,
            expected_challenge=asked.value,
            expected_rp_id=place.name,
            expected_origin=place.origin,
        )
    except Exception:  # noqa: BLE001, RUF100 (on nonsense it raises whatever it stumbles over)
        return None
    is_known = select(Passkey.id).where(Passkey.credential_id == verified.credential_id)
    if len(verified.credential_id) > LONGEST_ID or session.scalar(is_known):
        return None
    one = Passkey(
        person_id=person.id,
        name=name,
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        handle=asked.handle,
        transports=[way.value for way in made.response.transports or ()],
        sign_count=verified.sign_count,
    )
    session.add(one)
    audit.record(session, person, "passkey.added", person)
    return one


def is_shown(session: Session, session_id: int, person: Person, place: Place, answer: str) -> bool:
    """Tell whether a browser has shown one of a person's own passkeys, and note its use (3 statements).

    The caller commits either way: what was asked is spent, and a count that went back is on record.
    """
    asked = asked_of(session, session_id, Ceremony.SHOWING)
    shown = _read(parse_authentication_credential_json, answer)
    if asked is None or shown is None:
        return False
    theirs = (Passkey.person_id == person.id, Passkey.credential_id == shown.raw_id)
    one = session.scalar(select(Passkey).where(*theirs))
    if one is None or shown.response.user_handle not in (None, b"", one.handle):
        return False
    try:
        verified = webauthn.verify_authentication_response(
            credential=shown,
            expected_challenge=asked.value,
            expected_rp_id=place.name,
            expected_origin=place.origin,
            credential_public_key=one.public_key,
            credential_current_sign_count=0,  # the count is ours to judge, once the signature is known to be right
        )
    except Exception:  # noqa: BLE001, RUF100 (on nonsense it raises whatever it stumbles over)
        return False
    count = verified.new_sign_count
    goes_on = Passkey.sign_count < count if count else Passkey.sign_count == 0
    used = update(Passkey).where(Passkey.id == one.id, goes_on)
    if changed_one(session, used.values(sign_count=count, used_at=now())):
        return True
    audit.record(session, None, "passkey.refused", person)
    return False


def _read(parse: Any, answer: str) -> Any:
    try:
        return parse(answer)
    except Exception:  # noqa: BLE001, RUF100 (on nonsense it raises whatever it stumbles over)
        return None


def remove(session: Session, person: Person, one: Passkey) -> None:
    """Remove one of several passkeys, or one beside an app. The caller commits."""
    session.delete(one)
    audit.record(session, person, "passkey.removed", person)
