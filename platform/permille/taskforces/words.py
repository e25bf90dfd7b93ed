"""What the offices of a task force and membership in it are called."""

from typing import Any

from permille.foundation.languages import _l
from permille.taskforces.models import Office

MEMBER = "member"
OFFICES: dict[str, Any] = {
    MEMBER: _l("Team Member"),
    Office.REPRESENTATIVE: _l("Regional Representative"),
    Office.LEADER: _l("Task Force Leader"),
}
"""As the join form offers them, and the desk: the more an office asks for, the further down."""


def office_name(office: Any) -> Any:
    """Return what an office is called; whoever has none is a Team Member."""
    return OFFICES[office or MEMBER]
