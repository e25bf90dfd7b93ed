"""What a suspended account is told, once whoever asks has shown that it is theirs."""

from flask import abort

from permille.foundation.hypermedia import show
from permille.foundation.security import keep_private
from permille.people.models import Person


def refuse_suspended(person: Person | None) -> None:
    """Stop here with a page that says why, and whom to ask; only after the password or the mail was right."""
    if person is not None and person.suspended_at is not None:
        keep_private()
        abort(show("people/suspended.html", status=403, person=person))
