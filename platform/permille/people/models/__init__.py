"""The records of people and organisations."""

from permille.people.models.affiliations import Affiliation, Contact
from permille.people.models.eligibility import Eligibility, eligibility
from permille.people.models.evidence import ClaimFile
from permille.people.models.factors import Authenticator, RecoveryCode, Steps
from permille.people.models.links import MailedLink, Purpose
from permille.people.models.organisations import (
    Organisation,
    OrganisationKind,
    Standing,
    StandingState,
    fits,
)
from permille.people.models.passkeys import Ceremony, Challenge, Passkey
from permille.people.models.persons import Naming, Person, Role
from permille.people.models.sessions import SignedIn

__all__ = [
    "Affiliation",
    "Authenticator",
    "Ceremony",
    "Challenge",
    "ClaimFile",
    "Contact",
    "Eligibility",
    "MailedLink",
    "Naming",
    "Organisation",
    "OrganisationKind",
    "Passkey",
    "Person",
    "Purpose",
    "RecoveryCode",
    "Role",
    "SignedIn",
    "Standing",
    "StandingState",
    "Steps",
    "eligibility",
    "fits",
]
