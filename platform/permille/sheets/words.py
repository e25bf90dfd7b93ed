"""What the columns of lists mean, and what is done with lists."""

from typing import Any

from permille.foundation.languages import _l
from permille.sheets.models import What

SEAT = ("objective", "office", "region")
WHO = ("email", "name", "language", "organisation")
TERM = ("begins_on", "ends_on", "acting")
ANSWERS = ("why", "experience", "knowledge", "languages", "time", "endorsement", "links")
COLUMNS = {What.MANDATES: (*SEAT, *WHO, *TERM), What.CANDIDATES: (*SEAT, *WHO, "sent_on", *ANSWERS)}
REQUIRED = ("objective", "office", "email")
"""Headings a file of either kind cannot do without."""

ALSO_WRITTEN = {
    "e_mail": "email",
    "objective_code": "objective",
    "code": "objective",
    "is_acting": "acting",
    "organization": "organisation",
}

IN_THE_LOG = {What.MANDATES: "holders", What.CANDIDATES: "candidates"}
"""What the audit log calls each kind of list."""

TITLES: dict[str, Any] = {
    What.MANDATES: _l("Holders of offices"),
    What.CANDIDATES: _l("Candidates"),
}

MEANINGS: dict[str, Any] = {
    "objective": _l("The code of the objective, such as A1."),
    "email": _l("By it an account is found. Whoever has none gets one that waits for them."),
    "name": _l("Needed for whoever has no account yet."),
    "language": _l("The code of a language: ar, zh, en, fr, ru or es. English if it is empty."),
    "organisation": _l(
        "Any of its names. Only whoever has no account yet is linked to it, as confirmed by you."
    ),
    "begins_on": _l("The first day of the term, written like 2018-12-31."),
    "ends_on": _l("The last day of the term, written like 2027-12-31."),
    "acting": _l("“yes” if the holder only acts until somebody is found; else empty."),
    "sent_on": _l("The day the candidate wrote, written like 2026-12-31."),
    "languages": _l("Codes of the languages the candidate can work in, separated by a vertical bar |."),
    "links": _l("Web addresses, each on a line of its own or separated by a vertical bar |."),
}
"""What stands in a column, where its heading does not say it."""

ACTS: dict[str, Any] = {
    "application.taken_back": _l("took an application from a list back"),
    "candidates.exported": _l("downloaded the list of candidates"),
    "candidates.imported": _l("imported candidates"),
    "mandate.entered": _l("entered an office from a list"),
    "mandate.taken_back": _l("took an office from a list back"),
    "holders.exported": _l("downloaded the list of holders of offices"),
    "holders.imported": _l("imported holders of offices"),
    "person.listed": _l("made an account from a list"),
    "person.unlisted": _l("took an account from a list back"),
    "sheet.undone": _l("took an imported list back"),
}
