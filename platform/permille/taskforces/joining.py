"""Joining and leaving a task force: what happens, whoever asked and from wherever."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from permille.foundation import audit, mail
from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.foundation.links import absolute, link
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people import claims
from permille.people.accounts import open_account
from permille.people.models import MailedLink, Person, Purpose
from permille.people.places import region_of_person
from permille.taskforces.keeping_out import StaysOut, kept_out
from permille.taskforces.models import JoinDraft, Membership
from permille.taskforces.queries import membership_of
from permille.taskforces.welcoming import tell_officers


def join(session: Session, person: Person, objective: Objective, contribution: str) -> Membership:
    """Make a person a Team Member at once, and tell them by mail. Joining twice changes nothing.

    Raises `StaysOut`.
    """
    held = membership_of(session, objective.id, person.id)
    if held is not None and held.is_active:
        return held
    # Asked after looking for a membership: one that was ended meanwhile is known by now.
    if held is not None or kept_out(session, objective.id, person.id):
        raise StaysOut
    region = region_of_person(person)
    membership = Membership(
        objective_id=objective.id,
        person_id=person.id,
        region=region.slug if region else None,
        contribution=contribution,
    )
    try:
        with session.begin_nested():
            session.add(membership)
    except IntegrityError:  # sent twice at the same moment: the index lets one in
        return _present(membership_of(session, objective.id, person.id))
    session.execute(
        delete(JoinDraft).where(JoinDraft.objective_id == objective.id, JoinDraft.person_id == person.id)
    )
    audit.record(session, person, "membership.joined", membership, objective=objective.code)
    _tell(session, person, objective)
    tell_officers(session, membership, person, objective)
    return membership


def _present(membership: Membership | None) -> Membership:
    if membership is None:
        raise LookupError("the membership that was in the way is gone")
    return membership


def _tell(session: Session, person: Person, objective: Objective) -> None:
    label = objective.label.text_in(person.language)
    tell(
        session, person, "joined", "taskforces.page", {"code": objective.slug},
        code=objective.code, label=label,
    )  # fmt: skip


def leave(session: Session, person: Person, membership: Membership, objective: Objective) -> None:
    """End a membership."""
    membership.end()
    audit.record(session, person, "membership.left", membership, objective=objective.code)


def ask_visitor(session: Session, objective: Objective, draft: JoinDraft, lang: str) -> MailedLink:
    """Mail a visitor the link that turns their pending join into a membership, from any device."""
    said = {key: draft.identity[key] for key in ("name", "organisation", "country", "consent")}
    session.delete(draft)
    return _mail_link(
        session, objective, draft.identity["email"], lang, {**said, "contribution": draft.contribution}
    )


def ask_visitor_again(session: Session, objective: Objective, row: MailedLink) -> MailedLink:
    """Mail a fresh link for the same answers and spend the one before."""
    payload = {key: value for key, value in row.payload.items() if key != "objective"}
    row.use()
    return _mail_link(session, objective, row.email, row.language, payload)


def _mail_link(
    session: Session, objective: Objective, email: str, lang: str, payload: dict[str, Any]
) -> MailedLink:
    row, token = MailedLink.write(Purpose.JOIN, email, lang, None, objective=objective.code, **payload)
    session.add(row)
    mail.send(
        session,
        row.email,
        lang,
        "confirm_join",
        name=payload["name"],
        code=objective.code,
        label=objective.label.text_in(lang),
        page=absolute(link("people.open_link", token=token, lang=lang)),
    )
    return row


def confirm_visitor(session: Session, row: MailedLink, known: Person | None) -> tuple[Person, Objective]:
    """Do what a visitor confirmed: their membership, and an account with what they said unless one is `known`.

    Raises `StaysOut`.
    """
    wanted: dict[str, Any] = dict(row.payload)
    person = known or open_account(session, row, wanted["name"], wanted["country"], wanted.get("consent", ""))
    if known is None and wanted["organisation"]:
        claims.claim_by_name(session, person, wanted["organisation"], wanted["country"])
    person.consent_version = person.consent_version or wanted.get("consent", "")
    row.person = person
    objective = session.scalars(select(Objective).where(Objective.code == wanted["objective"])).one()
    row.use()
    join(session, person, objective, wanted["contribution"])
    return person, objective


declare("joined", _l("You are now a Team Member of Task Force %(code)s."), "code")
