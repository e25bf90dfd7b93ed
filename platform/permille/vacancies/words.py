"""What the steps of a vacancy are called."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from permille.foundation.languages import NAMES, _, _l, dated, language, listed
from permille.vacancies.models import Outcome, Source, Step

STEPS: dict[str, Any] = {
    Step.CALL: _l("Call open"),
    Step.CLOSED: _l("Call closed"),
    Step.CONSULTATION: _l("In consultation"),
    Step.NOMINATION: _l("Nomination"),
    Step.ENDED: _l("Finished"),
}

OUTCOMES: dict[str, Any] = {
    Outcome.FILLED: _l("The seat is filled."),
    Outcome.NOBODY: _l("The seat stays open: nobody was found for it this time."),
}


ACTS: dict[str, Any] = {
    "application.changed": _l("changed an application"),
    "application.entered": _l("entered an application for somebody"),
    "application.sent": _l("applied for a seat"),
    "application.stood_down": _l("stood down"),
    "application.stood_down_for": _l("recorded that somebody stood down"),
    "call.closed": _l("closed a call"),
    "call.extended": _l("extended a call"),
    "call.opened": _l("opened a call"),
    "evidence.added": _l("added a file"),
    "evidence.removed": _l("removed a file"),
    "record.corrected": _l("corrected a record"),
    "vacancy.given_up": _l("ended a vacancy without a holder"),
}
"""What is done to a vacancy, as it stands in its record and in the audit log."""

LABELS: dict[str, Any] = {
    "number": _l("Number"),
    "source": _l("How the application came"),
    "heard": _l("How the candidate said so"),
    "before": _l("Last day before"),
    "last_day": _l("Last day to apply"),
    "decision_day": _l("Decision expected by"),
    "acting": _l("Acting holder"),
    "reason": _l("Reason"),
    "why": _l("Why this office"),
    "experience": _l("Experience"),
    "knowledge": _l("Knowledge of the region"),
    "languages": _l("Languages"),
    "time": _l("Time"),
    "endorsement": _l("Support of the organisation"),
    "links": _l("Links"),
    "evidence": _l("Files"),
    "name": _l("File"),
    "digest": _l("Digest of the file"),
    "correction": _l("Correction"),
}
"""What an entry of a record says, in the order of its page."""

DAYS = {"before", "last_day", "decision_day"}
SOURCES: dict[str, Any] = {
    Source.PHONE.value: _l("By phone"),
    Source.PAPER.value: _l("On paper"),
    Source.MAIL.value: _l("By mail"),
    Source.LIST.value: _l("In a list of the Secretariat"),
}


def speak_of(
    acts: dict[str, Any],
    labels: dict[str, Any],
    days: Iterable[str] = (),
    values: dict[str, Any] | None = None,
) -> None:
    """Let a package above say what it writes into records, which of it are days, and what its values are called."""
    ACTS.update(acts)
    LABELS.update(labels)
    DAYS.update(days)
    VALUES.update(values or {})


VALUES: dict[str, Any] = {"heard": SOURCES}
"""What the values of an entry are called, by what they are and by value, where they are words of the program."""


def act_in_record(act: str) -> Any:
    """Return what an act is called; one of another release, as it is written."""
    return ACTS.get(act, act)


def said_in_words(said: dict[str, Any], write_day: Callable[[date], str] = dated) -> list[tuple[Any, Any]]:
    """Return what an entry says as labels and values for a page, in the order of the page; `write_day` writes days."""
    return [(label, _in_words(key, said[key], write_day)) for key, label in LABELS.items() if said.get(key)]


def _in_words(key: str, value: Any, write_day: Callable[[date], str]) -> Any:
    if key in DAYS:
        return write_day(date.fromisoformat(value))
    if isinstance(value, dict):  # a text by language
        return value.get(language()) or next(iter(value.values()), "")
    if isinstance(value, list):
        return listed([_item(key, one) for one in value])
    if key == "source":
        return SOURCES.get(value, value)
    return _("Yes") if value is True else VALUES.get(key, {}).get(value, value)


def _item(key: str, value: Any) -> str:
    if key == "languages":
        return NAMES.get(value, str(value))
    return str(value["name"]) if key == "evidence" else str(VALUES.get(key, {}).get(value, value))


def outcome_name(outcome: str) -> Any:
    """Return how a vacancy ended, in words."""
    return OUTCOMES[outcome]


def step_name(step: Step) -> Any:
    """Return what a step is called."""
    return STEPS[step]
