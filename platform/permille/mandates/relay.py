"""The relay: a message to the holder of an office and their answer, by mail, without showing anybody's address.

The text is in the outbox until it is delivered, and nowhere else.
"""

from dataclasses import dataclass
from typing import Any

from permille.foundation import audit, mail
from permille.foundation.database import Session
from permille.foundation.links import absolute, link
from permille.foundation.site import read_site
from permille.mandates.reply_links import reply_token
from permille.people.models import Person
from permille.taskforces.models import Mandate
from permille.vacancies.seats import SeatName, seat_facts

Page = tuple[str, dict[str, Any]]
OWN_PAGE: Page = ("people.mine", {})


@dataclass(frozen=True)
class Message:
    """What somebody writes, and what they wish to happen with it."""

    subject: str
    words: str
    gives_address: bool = False
    wants_copy: bool = False


def write_to(session: Session, sender: Person, mandate: Mandate, message: Message) -> None:
    """Mail a message to the holder of an office, in a frame in their language. The caller commits."""
    holder = mandate.person
    if holder is None:
        return
    facts: dict[str, Any] = {"sender": sender.name, "organisation": organisation_of(sender)}
    page: Page = ("mandates.answer", {"token": reply_token(mandate.id, sender.id)})
    _mail(
        session,
        sender,
        mandate,
        message,
        holder,
        "office_message",
        page,
        gives_address=message.gives_address,
        **facts,
    )
    if message.wants_copy:
        _mail(
            session,
            sender,
            mandate,
            message,
            sender,
            "office_message_copy",
            OWN_PAGE,
            holder=shown_name(mandate),
        )
    _record(session, sender, "office.written", mandate)


def answer(session: Session, holder: Person, mandate: Mandate, sender: Person, message: Message) -> None:
    """Mail the holder's answer to who wrote to them, in a frame in their language. The caller commits."""
    facts: dict[str, Any] = {"holder": shown_name(mandate), "is_over": mandate.ended_at is not None}
    page: Page = ("mandates.write", {"mandate_id": mandate.id})
    _mail(
        session,
        holder,
        mandate,
        message,
        sender,
        "office_answer",
        page,
        gives_address=message.gives_address,
        **facts,
    )
    if message.wants_copy:
        _mail(session, holder, mandate, message, holder, "office_answer_copy", OWN_PAGE, sender=sender.name)
    _record(session, holder, "office.answered", mandate)


def shown_name(mandate: Mandate) -> str:
    """Return the name of a holder as everyone may know it, empty for one who is not listed."""
    holder = mandate.person
    return holder.name if holder is not None and holder.is_listed and mandate.ended_at is None else ""


def organisation_of(person: Person) -> str:
    """Return the organisation it is confirmed that somebody belongs to, empty if there is none."""
    own = person.affiliation
    return own.organisation.name if own is not None and own.confirmed_at is not None else ""


def quoted(words: str) -> str:
    """Return what somebody wrote with a mark before each line, so that it cannot pass for words of ours."""
    return "\n".join(f"> {line}".rstrip() for line in words.splitlines())


def _mail(
    session: Session, author: Person, mandate: Mandate, message: Message, to: Person, template: str,
    page: Page, *, gives_address: bool = False, **facts: Any,
) -> None:  # fmt: skip
    name, lang = SeatName(mandate.objective.code, mandate.region), to.language
    endpoint, values = page
    job = mail.send(
        session, to.email, lang, template, person_id=to.id, reply_to=author.email if gives_address else "",
        name=to.name, subject=message.subject, words=quoted(message.words), is_direct=gives_address,
        page=absolute(link(endpoint, lang=lang, **values)), help_page=absolute(link("portals.help", lang=lang)),
        contact=read_site(session).contact, **seat_facts(name, mandate.objective, lang), **facts,
    )  # fmt: skip
    mail.mark_author(job, author.id)


def _record(session: Session, actor: Person, act: str, mandate: Mandate) -> None:
    code = mandate.objective.code
    audit.record(session, actor, act, mandate, objective=code, region=mandate.region)
