"""Appealing against an exclusion, and answering: always somebody other than who decided."""

from permille.exclusions.deciding import WasSettled
from permille.exclusions.letters import tell_member, tell_of
from permille.exclusions.models import Exclusion, Finding
from permille.exclusions.policy import may_answer, may_appeal
from permille.exclusions.queries import answerers, hold_exclusion
from permille.foundation import audit
from permille.foundation.database import Session
from permille.people.models import Person
from permille.taskforces.queries import membership_of


def appeal(session: Session, person: Person, one: Exclusion, words: str) -> None:
    """Appeal; those of the Secretariat who can answer are told. The caller commits. Raises `WasSettled`."""
    hold_exclusion(session, one)
    if not may_appeal(person, one):
        raise WasSettled
    one.appeal_with(words)
    audit.record(
        session, person, "exclusion.appealed", one.membership, objective=one.membership.objective.code
    )
    for other in answerers(session, one):
        tell_of(session, other, one, "appeal_made")


def answer(session: Session, by: Person, one: Exclusion, finding: Finding, words: str) -> None:
    """Answer an appeal; the member and whoever decided are told. The caller commits. Raises `WasSettled`."""
    hold_exclusion(session, one)
    if not may_answer(by, one):
        raise WasSettled
    there = membership_of(session, one.membership.objective_id, one.membership.person_id)
    one.settle(by, finding, words, restores=there is None)
    audit.record(session, by, "exclusion.answered", one.membership, objective=one.membership.objective.code)
    said = {"finding": finding.value, "answer": words}
    tell_member(session, one, "appeal_answered", **said)
    tell_of(session, one.decided_by, one, "decision_reviewed", **said)
