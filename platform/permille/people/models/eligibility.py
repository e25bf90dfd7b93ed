"""Who may stand for an office: the one rule, as Python asks it and as a query does.

Whoever belongs, confirmed, to an organisation that is a partner or member now.
"""

from enum import StrEnum

from sqlalchemy import case
from sqlalchemy.sql import ColumnElement

from permille.people.models.affiliations import Affiliation
from permille.people.models.organisations import Organisation


class Eligibility(StrEnum):
    """Whether somebody may stand, and if not, what is missing first."""

    ELIGIBLE = "eligible"
    UNKNOWN = "unknown"
    NOT_PARTNER = "not_partner"
    UNCONFIRMED = "unconfirmed"


def eligibility_by(affiliation: Affiliation | None) -> Eligibility:
    """Tell what somebody is by the affiliation that holds now."""
    if affiliation is None:
        return Eligibility.UNKNOWN
    if not affiliation.organisation.is_valid:
        return Eligibility.NOT_PARTNER
    return Eligibility.UNCONFIRMED if affiliation.confirmed_at is None else Eligibility.ELIGIBLE


def eligibility() -> ColumnElement[str]:
    """Ask the same of a query in which everybody has the affiliation that holds now, or none (`with_place`)."""
    return case(
        (Affiliation.id.is_(None), Eligibility.UNKNOWN.value),
        (~Organisation.valid(), Eligibility.NOT_PARTNER.value),
        (Affiliation.confirmed_at.is_(None), Eligibility.UNCONFIRMED.value),
        else_=Eligibility.ELIGIBLE.value,
    )
