"""The records of people and organisations."""

from permille.people.models.affiliations import Affiliation, Contact
from permille.people.models.factors import Authenticator, RecoveryCode
from permille.people.models.links import MailedLink, Purpose
from permille.people.models.organisations import (
    Organisation,
    OrganisationKind,
    Standing,
    StandingState,
    fits,
)
from permille.people.models.persons import Naming, Person, Role
from permille.people.models.sessions import SignedIn

__all__ = [
    "Affiliation",
    "Authenticator",
    "Contact",
    "MailedLink",
    "Naming",
    "Organisation",
    "OrganisationKind",
    "Person",
    "Purpose",
    "RecoveryCode",
    "Role",
    "SignedIn",
    "Standing",
    "StandingState",
    "fits",
]
