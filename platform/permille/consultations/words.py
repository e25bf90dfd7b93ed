"""What the parts of a consultation are called, on its pages and in the record of its vacancy."""

from typing import Any

from permille.consultations.models import Group, Relation, Support
from permille.consultations.preparing import (
    CALL_OPEN,
    KNOWN,
    NO_CANDIDATE,
    NO_CONSULTEE,
    NOBODY_WAITED,
    NOT_LATER,
    SMALL_PANEL,
    TOO_LATE,
)
from permille.foundation.languages import NAMES, _l

GROUPS: dict[str, Any] = {
    Group.TEAM: _l("Team"),
    Group.PARTNERS: _l("Partner or member organisation"),
    Group.BODY: _l("Body, or added by hand"),
}

RELATIONS: dict[str, Any] = {
    Relation.NONE: _l("No relation, or we have only met"),
    Relation.COLLEAGUE: _l("We work together, or have worked together"),
    Relation.ORGANISATION: _l("We belong to the same organisation"),
    Relation.FAMILY: _l("We are family or close friends"),
    Relation.INTEREST: _l("I could gain or lose by the decision"),
}

SUPPORTS: dict[str, Any] = {
    Support.YES: _l("Yes"),
    Support.RESERVED: _l("Yes, with reservations"),
    Support.NO: _l("No"),
    Support.CANNOT_SAY: _l("I cannot say"),
}

REASONS: dict[str, Any] = {
    TOO_LATE: _l("It is too late for that: somebody is being proposed, or the vacancy has ended."),
    KNOWN: _l("Somebody else has just prepared it."),
    NO_CANDIDATE: _l("There is no candidate to ask about."),
    NO_CONSULTEE: _l("Everybody on the list has been asked. Add people first."),
    NOBODY_WAITED: _l("Nobody needs a reminder: no answer is awaited."),
    SMALL_PANEL: _l("The panel needs at least two people without a relation to a candidate."),
    CALL_OPEN: _l("The call is still open. The consultation begins when it is closed."),
    NOT_LATER: _l("People were told a later day. The last day can only be moved further."),
}

WRITTEN_IN: dict[str, Any] = {
    "ar": _l("This question is written in Arabic."),
    "zh": _l("This question is written in Chinese."),
    "en": _l("This question is written in English."),
    "fr": _l("This question is written in French."),
    "ru": _l("This question is written in Russian."),
    "es": _l("This question is written in Spanish."),
}
"""Said to whoever reads another language. A sentence each: not every language can set a name into one."""

ACTS: dict[str, Any] = {
    "body.added": _l("added a body that consultations ask"),
    "body.changed": _l("changed a body that consultations ask"),
    "body.retired": _l("retired a body that consultations ask"),
    "body.used_again": _l("took a retired body back into use"),
    "consultation.answered": _l("answered in a consultation"),
    "consultation.begun": _l("began a consultation"),
    "consultation.changed": _l("changed a consultation"),
    "consultation.prepared": _l("prepared a consultation"),
    "consultation.reminded": _l("sent reminders in a consultation"),
    "consultation.widened": _l("asked more people in a consultation"),
    "consultee.mended": _l("changed the address somebody is asked at"),
    "consultee.written_again": _l("wrote to somebody again in a consultation"),
    "panel.declared": _l("declared whether there is a relation to a candidate"),
    "panel.left": _l("took somebody off a panel"),
    "panel.named": _l("named somebody for a panel"),
}

LABELS: dict[str, Any] = {
    "question": _l("Question"),
    "last_answer": _l("Last day to answer"),
    "asked": _l("Asked"),
    "reminded": _l("Reminded"),
    "related": _l("Has a relation to a candidate"),
    "consultee": _l("Number of the consultee"),
    "late": _l("After the last day"),
    "digest_of_answer": _l("Digest of the answer"),
}

DAYS = ("last_answer",)


class Asked:
    """How a record names those who were asked: `7/team/fr` is consultee 7, of the team, in French."""

    @staticmethod
    def get(value: str, default: Any) -> Any:
        """Return it in words; what is no such thing, as it is."""
        number, _slash, rest = value.partition("/")
        group, _slash, lang = rest.partition("/")
        if group not in GROUPS:
            return default
        return f"{number} ({GROUPS[group]}, {NAMES.get(lang, lang)})"


VALUES = {"asked": Asked}
