"""What the parts of a complaint are called, on its pages and in the record of its vacancy."""

from typing import Any

from permille.complaints.models import Finding
from permille.foundation.languages import _l

FINDINGS: dict[str, Any] = {
    Finding.STANDS: _l("The nomination stands"),
    Finding.UPHELD: _l("The complaint is right"),
}

ACTS: dict[str, Any] = {
    "complaint.answered": _l("answered a complaint"),
    "complaint.entrusted": _l("named people, one of whom was drawn to read a complaint"),
    "complaint.received": _l("complained about a nomination"),
}

LABELS: dict[str, Any] = {"finding": _l("What came out of it")}
