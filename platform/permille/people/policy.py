"""Who may do what with accounts and organisations. Plain questions, plain answers."""

from permille.people.models import Person, SignedIn


def anyone_may(_person: Person | None) -> bool:
    """Signing up, signing in and asking for a link are open to everyone; limits keep them fair."""
    return True


def may_edit_own(person: Person | None) -> bool:
    """Whoever is signed in may change what is theirs, unless suspended."""
    return person is not None and person.suspended_at is None


def may_end_session(person: Person | None, row: SignedIn) -> bool:
    """Only one's own sessions."""
    return person is not None and row.person_id == person.id


def may_use_desk(person: Person | None) -> bool:
    """The desk is for the Executive Secretariat."""
    return person is not None and person.is_secretary and person.is_confirmed and person.suspended_at is None


def may_sign_in(person: Person | None) -> bool:
    """Everyone with an account, unless suspended."""
    return person is not None and person.suspended_at is None


def may_read_own(person: Person | None) -> bool:
    """Whoever is signed in may read, take along and delete what is theirs."""
    return person is not None
