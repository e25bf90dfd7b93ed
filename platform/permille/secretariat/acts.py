"""What the acts of the audit log are called; a test knows that none is missing."""

from typing import Any

from permille.complaints.words import ACTS as ACTS_OF_COMPLAINTS
from permille.consultations.words import ACTS as ACTS_OF_CONSULTATIONS
from permille.exclusions.words import ACTS as ACTS_OF_EXCLUSIONS
from permille.foundation.languages import NAMES, _l
from permille.mandates.words import ACTS as ACTS_OF_MANDATES
from permille.nominations.words import ACTS as ACTS_OF_NOMINATIONS
from permille.people.words import ROLES, STATES
from permille.sheets.words import ACTS as ACTS_OF_SHEETS
from permille.vacancies.words import ACTS as ACTS_OF_VACANCIES

ACTS = {
    **ACTS_OF_COMPLAINTS,
    **ACTS_OF_CONSULTATIONS,
    **ACTS_OF_EXCLUSIONS,
    **ACTS_OF_MANDATES,
    **ACTS_OF_NOMINATIONS,
    **ACTS_OF_SHEETS,
    **ACTS_OF_VACANCIES,
    "address.changed": _l("changed their e-mail address"),
    "affiliation.asked": _l("asked for evidence of an affiliation"),
    "affiliation.claimed": _l("said they belong to an organisation"),
    "affiliation.confirmed": _l("confirmed an affiliation"),
    "affiliation.declined": _l("declined an affiliation"),
    "affiliation.ended": _l("left their organisation"),
    "affiliation.withdrawn": _l("ended somebody’s affiliation"),
    "claim.file_removed": _l("removed a file from their claim to an organisation"),
    "claim.shown": _l("showed how they belong to an organisation"),
    "contact.changed": _l("changed the published contact"),
    "contact.ended": _l("ended a contact of an organisation"),
    "contact.named": _l("named a contact of an organisation"),
    "factor.app_ended": _l("removed their authenticator app"),
    "factor.ended": _l("turned a second step off"),
    "factor.recovered": _l("used a recovery code"),
    "factor.renewed": _l("made new recovery codes"),
    "factor.set": _l("set up a second step"),
    "invitation.sent": _l("sent an invitation"),
    "invitation.withdrawn": _l("withdrew an invitation"),
    "mail.resent": _l("sent a mail again"),
    "membership.joined": _l("joined a task force"),
    "membership.left": _l("left a task force"),
    "membership.welcomed": _l("welcomed a new member"),
    "mandate.ended": _l("ended an office"),
    "organisation.added": _l("added an organisation"),
    "organisation.changed": _l("changed the facts of an organisation"),
    "organisation.exported": _l("downloaded the list of organisations"),
    "organisation.imported": _l("imported organisations"),
    "organisation.merged": _l("merged two records of an organisation"),
    "organisation.parted": _l("took a merge back"),
    "organisation.proposed": _l("proposed an organisation"),
    "passkey.added": _l("added a passkey"),
    "passkey.refused": _l("used a passkey that may be a copy, and was not let in"),
    "passkey.removed": _l("removed a passkey"),
    "password.changed": _l("set a new password"),
    "person.added": _l("added an account from the server"),
    "person.confirmed": _l("confirmed their account"),
    "person.erased": _l("deleted their account"),
    "person.let_in": _l("ended a suspension"),
    "person.role_changed": _l("changed somebody’s role"),
    "person.signed_out": _l("signed somebody out on all devices"),
    "person.suspended": _l("suspended an account"),
    "profile.changed": _l("changed their profile"),
    "organisation.rejected": _l("rejected a proposed organisation"),
    "session.closed": _l("signed out"),
    "session.opened": _l("signed in"),
    "session.refused": _l("was not let in"),
    "standing.recorded": _l("recorded a standing"),
    "standing.shown": _l("sent evidence of the standing of an organisation"),
    "text.changed": _l("changed a text"),
}

VALUES: dict[str, dict[Any, Any]] = {
    "state": {key.value: words for key, words in STATES.items()},
    "before": {key.value: words for key, words in ROLES.items()},
    "after": {key.value: words for key, words in ROLES.items()},
    "role": {key.value: words for key, words in ROLES.items()},
    "language": dict(NAMES),
}
SHOWN = (*VALUES, "objective", "added", "changed", "rows", "texts")


def act_name(action: str) -> object:
    """Return what an act is called; one of an older release that is no longer known, as it is written."""
    return ACTS.get(action, action)


def details_of(details: dict[str, Any]) -> list[Any]:
    """Return what is worth showing of an act's details, in words: `[Person, Executive Secretariat]`."""
    return [VALUES.get(key, {}).get(details[key], details[key]) for key in SHOWN if details.get(key)]
