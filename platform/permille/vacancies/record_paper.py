"""What the record of a vacancy says on paper, as plain values for its document."""

from datetime import datetime
from typing import Any

from permille.foundation.database import Session
from permille.foundation.days import end_of
from permille.foundation.languages import _, day, language, moment, number
from permille.people.models import Person
from permille.regions.models import all_regions
from permille.taskforces.words import office_name
from permille.vacancies.checking import flaws
from permille.vacancies.models import Vacancy
from permille.vacancies.queries import names_of
from permille.vacancies.record import RecordEntry, entries_of
from permille.vacancies.words import act_in_record, outcome_name, said_in_words, step_name


def record_on_paper(session: Session, vacancy: Vacancy, by: Person, made: datetime) -> dict[str, Any]:
    """Return title, facts and entries of a record in the language being spoken, as text (6 statements)."""
    entries = entries_of(session, vacancy.id)
    ids = {one for entry in entries for one in (entry.actor_id, entry.subject_id) if one}
    names = names_of(session, ids)
    return {
        "title": _("Record of the vacancy"),
        "seat": _seat(vacancy),
        "facts": _facts(vacancy, by, made, len(entries)),
        "flaws": flaws(session, vacancy.id),
        "entries": [_entry(one, names) for one in entries],
        "seal": entries[-1].digest if entries else "–",
        "words": {
            "foot": f"{vacancy.objective.code} · {_('Record of the vacancy')} · {moment(made)}",
            "sound": _("Checked when this was made: every entry is as it was written."),
            "unsound": _("This record is not as it was written. Tell whoever looks after the server:"),
            "about": _("about:"),
            "nothing": _("Nothing has been recorded yet."),
            "seal": _("Seal of the last entry:"),
            "meaning": _(
                "It was made from all entries above. If one of them were changed, it would be another."
            ),
        },
    }


def _seat(vacancy: Vacancy) -> str:
    region = all_regions().get(vacancy.region or "")
    parts = [
        vacancy.objective.code,
        vacancy.objective.label.text_in(language()),
        str(office_name(vacancy.office)),
    ]
    return " · ".join([*parts, region.name[language()]] if region else parts)


def _facts(vacancy: Vacancy, by: Person, made: datetime, entries: int) -> list[tuple[str, str]]:
    facts = [
        (_("State"), outcome_name(vacancy.outcome) if vacancy.outcome else step_name(vacancy.step)),
        (_("Kind"), _("Renewal") if vacancy.is_renewal else ""),
        (_("Last day to apply"), moment(end_of(vacancy.last_day))),
        (_("Decision expected by"), day(vacancy.decision_day) if vacancy.decision_day else ""),
        (_("Entries"), number(entries)),
        (_("Made on"), moment(made)),
        (_("Made by"), by.name or by.email),
    ]
    return [(label, str(value)) for label, value in facts if value]


def _entry(entry: RecordEntry, names: dict[int, str]) -> dict[str, Any]:
    act = str(act_in_record(entry.act))
    is_about_another = entry.subject_id and entry.subject_id != entry.actor_id
    return {
        "number": entry.number,
        "act": act[:1].upper() + act[1:],
        "when": moment(entry.created_at),
        "who": names.get(entry.actor_id or 0, "–"),
        "about": names.get(entry.subject_id or 0, "–") if is_about_another else "",
        "said": [(str(label), str(value)) for label, value in said_in_words(entry.said or {}, write_day=day)],
        "note": _("What was said here had to be erased.") if entry.said is None else "",
    }
