"""Taking a list back: what its rows made goes, as long as nothing has been built on it."""

from dataclasses import dataclass

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.languages import _, _l
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.sheets import queries
from permille.sheets.models import Sheet, SheetRow, What
from permille.sheets.newcomers import OF_AN_ACCOUNT, drop_accounts
from permille.taskforces.models import Mandate
from permille.vacancies.interests import interests_of
from permille.vacancies.models import Application, Step, Vacancy
from permille.vacancies.record import add_entry
from permille.vacancies.seats import SeatName, seat_facts, seat_of

OWN = ("sheet_row.mandate_id", "sheet_row.application_id")


@dataclass(frozen=True)
class Fate:
    """What taking back does to a row: it goes or, with a reason, it stays."""

    row: SheetRow
    seat: SeatName
    person: Person | None
    why_not: str = ""


def fates(session: Session, sheet: Sheet, reader: Person, *, to_change: bool = False) -> list[Fate]:
    """Say of every row that is still there whether it can go (a bounded number of statements).

    Candidates for a seat the reader stands for are none of theirs to see: they are not among them.
    """
    rows = queries.rows_of(session, sheet.id)
    if to_change:
        queries.hold_rows(session, Vacancy, {row.application.vacancy_id for row in rows if row.application})
        queries.hold_rows(session, Mandate, {row.mandate.id for row in rows if row.mandate})
        rows = queries.rows_of(session, sheet.id)
    if sheet.what == What.MANDATES:
        ids = [row.mandate.id for row in rows if row.mandate]
        built = queries.built_on(session, "mandate", ids, OWN)
        return [_of_mandate(row, row.mandate, built, reader) for row in rows if row.mandate]
    ids = [row.application.id for row in rows if row.application]
    built = queries.built_on(session, "application", ids, OWN)
    closed = interests_of(session, reader.id)
    return [
        _of_application(row, row.application, sheet, built)
        for row in rows
        if row.application and row.application.vacancy_id not in closed
    ]


def _of_mandate(row: SheetRow, one: Mandate, built: dict[int, set[str]], reader: Person) -> Fate:
    why, on_it = "", built.get(one.id, set())
    if one.ended_at is not None:
        why = _("The office has ended since then.")
    elif one.person_id == reader.id:
        why = _("This is your own office. Somebody else of the Secretariat takes it back.")
    elif "vacancy.renews_id" in on_it:
        why = _("A renewal of the office was opened.")
    elif one.handover:
        why = _("A handover note was written.")
    elif on_it:
        why = _("Something else rests on it by now.")
    return Fate(row, SeatName(one.objective.code, one.region), one.person, why)


def _of_application(row: SheetRow, one: Application, sheet: Sheet, built: dict[int, set[str]]) -> Fate:
    why = ""
    if one.vacancy.step not in (Step.CALL, Step.CLOSED):
        why = _("The consultation has begun, or the vacancy is over.")
    elif one.person_id is None:
        why = _("The candidate has deleted their account.")
    elif one.stood_down_at is not None:
        why = _("The candidate has stood down.")
    elif sheet.done_at is not None and max(one.changed_at, one.sent_at or one.changed_at) > sheet.done_at:
        why = _("The candidate has changed the application.")
    elif "evidence.application_id" in built.get(one.id, set()):
        why = _("Files have been added.")
    elif one.id in built:
        why = _("Something else rests on it by now.")
    return Fate(row, seat_of(one.vacancy), one.person, why)


def undo(session: Session, sheet: Sheet, by: Person) -> int:
    """Take back every row that can go and return how many that were. The caller holds the list, and commits.

    Whose account waits for them loses it with the last row that speaks of them.
    """
    going = [fate for fate in fates(session, sheet, by, to_change=True) if not fate.why_not]
    for fate in going:
        if fate.row.mandate is not None:
            _take_mandate(session, fate.row.mandate, by)
        elif fate.row.application is not None:
            _take_application(session, fate.row.application, by)
        session.delete(fate.row)
    session.flush()
    gone = _take_accounts(session, {fate.person.id for fate in going if fate.person is not None}, by)
    sheet.undone_at, sheet.undone_by_id, sheet.undone = now(), by.id, sheet.undone + len(going)
    audit.record(session, by, "sheet.undone", sheet, rows=len(going), accounts=gone)
    return len(going)


def _take_mandate(session: Session, one: Mandate, by: Person) -> None:
    audit.record(session, by, "mandate.taken_back", one, objective=one.objective.code, region=one.region)
    if one.person is not None:
        _tell(
            session, one.person, "office_taken_back", SeatName(one.objective.code, one.region), one.objective
        )
    session.delete(one)


def _take_application(session: Session, one: Application, by: Person) -> None:
    vacancy, objective = one.vacancy, one.vacancy.objective
    add_entry(session, vacancy, by, "application.taken_back", one.person, {"number": one.number})
    audit.record(session, by, "application.taken_back", one, objective=objective.code)
    if one.person is not None:
        _tell(session, one.person, "application_taken_back", seat_of(vacancy), objective, number=one.number)
    session.delete(one)


def _tell(
    session: Session, person: Person, kind: str, name: SeatName, objective: Objective, **more: str | None
) -> None:
    if not person.is_unclaimed and person.suspended_at is None:
        facts = {**more, **seat_facts(name, objective, person.language)}
        tell(session, person, kind, "vacancies.seat", name.address, **facts)


def _take_accounts(session: Session, ids: set[int], by: Person) -> int:
    queries.hold_links_of(session, ids)  # first, as whoever follows one holds it before the account
    waiting = [one for one in queries.people_of(session, ids) if one.is_unclaimed]
    used = queries.built_on(session, "person", [one.id for one in waiting], OF_AN_ACCOUNT)
    gone = [one for one in waiting if one.id not in used]
    drop_accounts(session, gone, by)
    return len(gone)


declare(
    "office_taken_back",
    _l("Your office in Task Force %(code)s was taken back: it was entered by mistake."),
    "code",
)
declare(
    "application_taken_back",
    _l("Your application %(number)s was taken back: it was entered by mistake."),
    "number",
)
