"""Who may do what with accounts and organisations. Plain questions, plain answers."""

from permille.people.models import Affiliation, Person, SignedIn, Steps

MOST_PASSKEYS = 10


def anyone_may(_person: Person | None) -> bool:
    """Signing up, signing in and asking for a link are open to everyone; limits keep them fair."""
    return True


def may_edit_own(person: Person | None) -> bool:
    """Whoever is signed in may change what is theirs, unless suspended."""
    return person is not None and person.suspended_at is None


def may_set_app_up(person: Person | None, steps: Steps) -> bool:
    """Whoever has no authenticator app yet, with passkeys or without."""
    return may_edit_own(person) and not steps.has_app


def may_end_app(person: Person | None, steps: Steps) -> bool:
    """Whoever has a passkey to go on with; others turn the whole second step off."""
    return may_edit_own(person) and steps.has_app and steps.passkeys > 0


def may_add_passkey(person: Person | None, steps: Steps) -> bool:
    """Everyone, up to a number that nobody needs."""
    return may_edit_own(person) and steps.passkeys < MOST_PASSKEYS


def may_remove_passkey(person: Person | None, steps: Steps, *, is_compulsory: bool) -> bool:
    """Their owner; the last second step of somebody who must have one stays until there is another."""
    is_last = not steps.has_app and steps.passkeys == 1
    return may_edit_own(person) and not (is_last and is_compulsory)


def may_show_passkey(person: Person | None, steps: Steps) -> bool:
    """Whoever has one, unless suspended."""
    return may_sign_in(person) and steps.passkeys > 0


def may_renew_codes(person: Person | None) -> bool:
    """Whoever has a second step; they may turn all of it off as well."""
    return may_edit_own(person) and person is not None and person.second_factor_at is not None


def may_end_session(person: Person | None, row: SignedIn) -> bool:
    """Only one's own sessions."""
    return person is not None and row.person_id == person.id


def may_use_desk(person: Person | None) -> bool:
    """The desk is for the Executive Secretariat."""
    return person is not None and person.is_at_desk


def may_sign_in(person: Person | None) -> bool:
    """Everyone with an account, unless suspended."""
    return person is not None and person.suspended_at is None


def may_read_own(person: Person | None) -> bool:
    """Whoever is signed in may read, take along and delete what is theirs."""
    return person is not None


def may_leave_desk(person: Person, secretaries: list[int]) -> bool:
    """The last of the Secretariat gives the role to somebody else first; everyone else may go."""
    return not may_use_desk(person) or any(one != person.id for one in secretaries)


def may_confirm(person: Person | None, affiliation: Affiliation) -> bool:
    """The Secretariat, or a contact of that organisation; nobody confirms or declines their own claim."""
    if person is None or person.suspended_at is not None or person.id == affiliation.person_id:
        return False
    own = person.affiliation
    is_contact = (
        own is not None
        and own.confirmed_at is not None
        and own.organisation_id == affiliation.organisation_id
        and own.contact is not None
    )
    return may_use_desk(person) or is_contact
