"""The second step: setting it up, asking for it, and the codes that stand in for it.

Codes are those of RFC 6238 with its usual values (30 seconds, 6 digits, SHA-1), which every app knows. The
code of the present step counts, and of the one before and after for clocks that are not right; each once.
Passkeys are in `passkeys.py`.
"""

import hmac
import secrets

import pyotp
from sqlalchemy import ColumnElement, CursorResult, delete, func, select, update

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.sealing import Unreadable, seal, unseal
from permille.people.models import Authenticator, Passkey, Person, RecoveryCode, Steps
from permille.people.models.factors import code_digest

ISSUER = "4 per 1000"
STEP = 30
AROUND = (-1, 0, 1)
CODES = 8
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of recovery codes: none that is taken for another. 16 of them are 79 bits."""


def steps_of(session: Session, person: Person) -> Steps:
    """Tell what a person can show as their second step (1 statement)."""
    app = select(func.count()).where(Authenticator.person_id == person.id, Authenticator.last_step > 0)
    keys = select(func.count()).where(Passkey.person_id == person.id)
    apps, passkeys = session.execute(select(app.scalar_subquery(), keys.scalar_subquery())).one()
    return Steps(has_app=apps > 0, passkeys=passkeys)


def begin(session: Session, person: Person) -> None:
    """Give a person a new seed for their app, as long as none counts yet. The caller commits."""
    session.execute(delete(Authenticator).where(Authenticator.person_id == person.id))
    session.add(Authenticator(person_id=person.id, sealed=seal(pyotp.random_base32())))


def seed_of(session: Session, person: Person) -> str | None:
    """Return the seed of a person's app in base 32; None without one, or when its key is gone (1 statement)."""
    sealed = session.scalar(select(Authenticator.sealed).where(Authenticator.person_id == person.id))
    try:
        return unseal(sealed) if sealed else None
    except Unreadable:
        return None


def address_of(person: Person, seed: str) -> str:
    """Return the address an app reads from the picture (`otpauth://…`)."""
    return pyotp.TOTP(seed).provisioning_uri(name=person.email, issuer_name=ISSUER)


def is_right(session: Session, person: Person, code: str) -> bool:
    """Tell whether a code of the app, or one that stands in for it, is right, and use it up (3 statements)."""
    counts = Authenticator.last_step > 0
    return _is_of_app(session, person, code, counts) or _stands_in(session, person, code)


def is_first_right(session: Session, person: Person, code: str) -> bool:
    """Tell whether a code is right of the app that is being set up, which counts from then on (2 statements)."""
    return _is_of_app(session, person, code, Authenticator.last_step == 0)


def _is_of_app(session: Session, person: Person, code: str, which: ColumnElement[bool]) -> bool:
    seed = seed_of(session, person)
    if seed is None or not code.isascii() or len(code) != pyotp.TOTP(seed).digits:
        return False
    present = int(now().timestamp()) // STEP
    steps = [present + one for one in AROUND]
    right = [step for step in steps if hmac.compare_digest(pyotp.TOTP(seed).generate_otp(step), code)]
    if not right:
        return False
    # The row itself refuses a step that was used, whoever asks at the same moment. Sealed anew, so that an
    # older key can be taken away some day.
    theirs = (Authenticator.person_id == person.id, Authenticator.last_step < right[0], which)
    return changed_one(
        session, update(Authenticator).where(*theirs).values(last_step=right[0], sealed=seal(seed))
    )


def _stands_in(session: Session, person: Person, code: str) -> bool:
    theirs = (RecoveryCode.person_id == person.id, RecoveryCode.digest == code_digest(code))
    unused = update(RecoveryCode).where(*theirs, RecoveryCode.used_at.is_(None)).values(used_at=now())
    if not changed_one(session, unused):
        return False
    audit.record(session, person, "factor.recovered", person)
    return True


def changed_one(session: Session, statement: object) -> bool:
    """Carry an UPDATE out, and tell whether it found its one row (1 statement)."""
    done = session.execute(statement, execution_options={"synchronize_session": False})  # type: ignore[call-overload]
    return isinstance(done, CursorResult) and done.rowcount == 1


def turn_on(session: Session, person: Person) -> list[str]:
    """Ask for a second step from now on, and return the recovery codes: none if there were. The caller commits."""
    audit.record(session, person, "factor.set", person)
    if person.second_factor_at is not None:
        return []
    person.second_factor_at = now()
    return renew_codes(session, person)


def renew_codes(session: Session, person: Person) -> list[str]:
    """Return new recovery codes in place of the old ones; they can be read this once. The caller commits."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [_new_code() for _ in range(CODES)]
    session.add_all(RecoveryCode(person_id=person.id, digest=code_digest(code)) for code in codes)
    return codes


def _new_code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(16))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def codes_left(session: Session, person: Person) -> int:
    """Count the recovery codes that were not used (1 statement)."""
    unused = (RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(*unused)) or 0


def end_app(session: Session, person: Person) -> None:
    """Take the app away from somebody who goes on with passkeys. The caller commits."""
    session.execute(delete(Authenticator).where(Authenticator.person_id == person.id))
    audit.record(session, person, "factor.app_ended", person)


def turn_off(session: Session, person: Person, by: Person | None) -> None:
    """Take the second step away: app, passkeys, codes. `by` is None from the server's own console. The caller commits."""
    person.second_factor_at = None
    for model in (Authenticator, Passkey, RecoveryCode):
        session.execute(delete(model).where(model.person_id == person.id))
    audit.record(session, by, "factor.ended", person)
