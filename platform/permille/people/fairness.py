"""How often the pages of accounts may be used: exact counts, the same for known and unknown addresses."""

from datetime import timedelta

from permille.foundation.database import db
from permille.foundation.limits import Limit, address, hold, take_back

MAILS_TO_ONE = Limit("account-mail", 5, timedelta(hours=1))
MAILS_TO_ONE_A_DAY = Limit("account-mail-day", 10, timedelta(days=1))
MAILS_FROM_ONE = Limit("account-mail-from", 100, timedelta(hours=1))
CODES_FROM_ONE = Limit("code-from", 100, timedelta(minutes=30))
PASSWORD_CHECKS = Limit("own-password", 10, timedelta(minutes=30))
FACTOR_TRIES = Limit("factor", 5, timedelta(minutes=5))
FACTOR_AN_HOUR = Limit("factor-hour", 20, timedelta(hours=1))
FACTOR_A_DAY = Limit("factor-day", 50, timedelta(days=1))
OF_FACTORS = (FACTOR_TRIES, FACTOR_AN_HOUR, FACTOR_A_DAY)
PROPOSALS = Limit("proposal", 10, timedelta(days=1))
EXPORTS = Limit("export", 5, timedelta(hours=1))
CLAIM_FILES = Limit("claim-files", 30, timedelta(hours=1))


def hold_mails(email: str) -> None:
    """Stop with 429 when too many mails went to this address, or were asked for from here (3 statements)."""
    hold(MAILS_FROM_ONE, address())
    hold(MAILS_TO_ONE, email)
    hold(MAILS_TO_ONE_A_DAY, email)


def hold_factor(key: str) -> None:
    """Count one showing of a second step, code or passkey; stop with 429 when there were too many (3 statements)."""
    for limit in OF_FACTORS:
        hold(limit, key)


def forgive_factor(key: str) -> None:
    """Uncount a showing that was right: only failures count (3 statements). The caller commits."""
    for limit in OF_FACTORS:
        take_back(db.session, limit, key)
