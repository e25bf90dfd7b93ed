"""Answering: once, with the relation to every candidate declared, for the panel only."""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, raiseload

from permille.consultations.models import Answer, Consultation, Consultee, Opinion, Relation, Support
from permille.consultations.policy import may_answer
from permille.consultations.preparing import TOO_LATE, CannotConsult
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.vacancies.application_queries import standing_for
from permille.vacancies.record import RecordEntry, hold_vacancy, note


@dataclass(frozen=True)
class Said:
    """What a consultee says of one candidate."""

    relation: Relation
    relation_note: str
    support: Support
    words: str


def answer(session: Session, consultee: Consultee, lang: str, words: str, said: Mapping[int, Said]) -> Answer:
    """Take an answer; `said` has what is said of each candidate, by application. The caller commits.

    The record is told that it came, whether it was late, and a digest of its words; not the words.
    Raises `CannotConsult`: they have answered, or the answers are no longer gathered.
    """
    one = consultee.consultation
    vacancy = hold_vacancy(session, one.vacancy_id)
    session.refresh(consultee)
    session.refresh(one)
    if vacancy is None or not may_answer(consultee):
        raise CannotConsult(TOO_LATE)
    standing = [row.id for row in standing_for(session, vacancy.id)]
    row = Answer(
        consultee_id=consultee.id,
        language=lang,
        words=words,
        is_late=one.is_over,
        salt=secrets.token_hex(16),
        opinions=[
            Opinion(
                application_id=application_id,
                relation=opinion.relation,
                relation_note=opinion.relation_note,
                support=opinion.support,
                words=opinion.words,
            )
            for application_id, opinion in said.items()
            if application_id in standing
        ],
    )
    session.add(row)
    session.flush()
    consultee.answered_at = now()
    note(
        session, vacancy, None, "consultation.answered",
        consultee=str(consultee.id), late=row.is_late, digest_of_answer=digest_of_answer(row),
    )  # fmt: skip
    return row


def digest_of_answer(row: Answer) -> str:
    """Return the salted digest of an answer that stands in the record."""
    opinions = [
        [one.application_id, one.relation, one.relation_note, one.support, one.words]
        for one in sorted(row.opinions, key=lambda one: one.application_id)
    ]
    plain = json.dumps([row.salt, row.consultee_id, row.language, row.words, row.is_late, opinions])
    return hashlib.sha256(plain.encode()).hexdigest()


def broken_answers(session: Session, vacancy_id: int = 0) -> Iterator[str]:
    """Yield the answers that are not what the records say, or are missing, of all vacancies or of one (2 statements)."""
    entries = select(RecordEntry.said).where(RecordEntry.act == "consultation.answered")
    answers = select(Answer).options(joinedload(Answer.opinions), raiseload("*")).order_by(Answer.id)
    if vacancy_id:
        entries = entries.where(RecordEntry.vacancy_id == vacancy_id)
        answers = answers.join(Answer.consultee).join(Consultee.consultation)
        answers = answers.where(Consultation.vacancy_id == vacancy_id)
    sealed = {said["consultee"]: said["digest_of_answer"] for said in session.scalars(entries) if said}
    for row in session.scalars(answers.execution_options(populate_existing=True)).unique():
        digest = sealed.pop(str(row.consultee_id), None)
        if row.erased_at is None and digest != digest_of_answer(row):
            yield f"answer of consultee {row.consultee_id} is not what was sent"
    yield from (f"answer of consultee {consultee_id} is missing" for consultee_id in sealed)
