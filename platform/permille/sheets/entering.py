"""Entering what a list says, in one transaction: all of it, or nothing."""

from datetime import UTC, datetime, time

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.sheets.lines import Line, digest_of
from permille.sheets.models import Sheet, SheetRow, What
from permille.sheets.newcomers import Guest, invite_all, make_accounts
from permille.sheets.planning import plan
from permille.sheets.words import IN_THE_LOG
from permille.taskforces.models import Mandate
from permille.vacancies.applying import answers_of, number_of, write_answers
from permille.vacancies.candidate_letters import tell_candidate
from permille.vacancies.models import Application, Source, Vacancy
from permille.vacancies.record import add_entry
from permille.vacancies.seats import SeatName, seat_facts


class WorldChanged(ValueError):
    """The list would do something else now than what was shown."""


def enter(session: Session, sheet: Sheet, by: Person, *, seen: str, tells: bool) -> int:
    """Enter what a list says and return how many rows that were; its file is forgotten. The caller commits.

    `seen` is the digest of what was shown. Raises `WorldChanged`, and `IntegrityError` where somebody was quicker.
    """
    lines = plan(session, sheet, by, to_change=True)
    if digest_of(lines) != seen:
        raise WorldChanged
    lines = [line for line in lines if line.does == "add"]
    accounts = make_accounts(session, lines, by)
    rows = {line.number: SheetRow(sheet_id=sheet.id, number=line.number) for line in lines}
    for number, person in accounts.items():
        rows[number].made_person_id = person.id
    act = _enter_mandates if sheet.what == What.MANDATES else _enter_applications
    act(session, lines, rows, by, tells)
    session.add_all(rows.values())
    sheet.rows, sheet.done_at, sheet.made = [], now(), len(lines)
    sheet.is_told = tells or sheet.what == What.CANDIDATES
    audit.record(session, by, f"{IN_THE_LOG[sheet.what]}.imported", sheet, rows=len(lines))
    session.flush()
    return len(lines)


def _enter_mandates(
    session: Session, lines: list[Line], rows: dict[int, SheetRow], by: Person, tells: bool
) -> None:
    made: list[tuple[Line, Mandate, Objective]] = []
    for line in lines:
        if line.objective is None:
            continue
        one, own = Mandate(objective_id=line.objective.id, person_id=line.person.id), line.person.affiliation
        one.office, one.region = line.said["office"], line.said["region"]
        one.begins_on, one.ends_on = line.said["begins_on"], line.said["ends_on"]
        one.is_acting = bool(line.said["acting"])
        one.organisation_id = (
            own.organisation_id if own is not None and own.confirmed_at is not None else None
        )
        made.append((line, one, line.objective))
    session.add_all(one for _line, one, _objective in made)
    session.flush()
    guests: list[Guest] = []
    for line, one, objective in made:
        rows[line.number].mandate_id = one.id
        audit.record(session, by, "mandate.entered", one, objective=objective.code, region=one.region)
        name, person = SeatName(objective.code, one.region), line.person
        if tells and person.is_unclaimed:
            guests.append((person, objective, name))
        elif tells:
            facts = seat_facts(name, objective, person.language)
            tell(session, person, "office_entered", "mandates.mandate", {"mandate_id": one.id}, **facts)
    invite_all(session, by, guests, is_candidate=False)


def _enter_applications(
    session: Session, lines: list[Line], rows: dict[int, SheetRow], by: Person, _tells: bool
) -> None:
    made: list[tuple[Line, Application, Vacancy, Objective]] = []
    for line in lines:
        if line.objective is None or line.vacancy is None:
            continue
        one = Application(vacancy=line.vacancy, person_id=line.person.id, languages=[], evidence=[])
        write_answers(one, line.said["language"] or "en", line.said)
        one.typed_by_id, one.typed_from = by.id, Source.LIST
        made.append((line, one, line.vacancy, line.objective))
    session.add_all(one for _line, one, _vacancy, _objective in made)
    session.flush()
    for line, one, vacancy, objective in made:
        rows[line.number].application_id = one.id
        one.number, day = number_of(one, objective), line.said["sent_on"]
        one.sent_at = datetime.combine(day, time(), UTC)
        said = {
            "number": one.number,
            "source": Source.LIST.value,
            "sent_on": day.isoformat(),
            **answers_of(one),
        }
        add_entry(session, vacancy, by, "application.entered", line.person, said)
        audit.record(session, by, "application.entered", one, objective=objective.code)
    session.flush()
    guests: list[Guest] = []
    for line, one, vacancy, objective in made:
        if line.person.is_unclaimed:
            guests.append((line.person, objective, SeatName(objective.code, vacancy.region)))
        else:
            tell_candidate(session, line.person, "application_entered", one, objective)
    invite_all(session, by, guests, is_candidate=True)


declare("office_entered", _l("Your office in Task Force %(code)s was entered from a list."), "code")
