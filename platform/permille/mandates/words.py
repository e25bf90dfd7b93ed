"""What is done to mandates, in the audit log and in records."""

from typing import Any

from permille.foundation.languages import _l

ACTS: dict[str, Any] = {
    "mandate.handed_over": _l("wrote a handover note"),
    "mandate.kept": _l("kept an office under another organisation"),
    "office.answered": _l("answered a message to an office"),
    "office.written": _l("wrote to the holder of an office"),
    "renewal.ended": _l("ended a renewal"),
    "renewal.opened": _l("opened a renewal"),
}
