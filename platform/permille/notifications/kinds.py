"""The sentences of notifications, declared by the packages where things happen."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from permille.foundation.languages import _
from permille.foundation.links import link
from permille.notifications.models import Notification


@dataclass(frozen=True)
class Kind:
    """How something reads: a text for later (`_l`) and the facts that fill its blanks."""

    sentence: Any
    facts: tuple[str, ...]


KINDS: dict[str, Kind] = {}


def declare(kind: str, sentence: Any, *facts: str) -> None:
    """Declare how a kind reads: `declare("joined", _l("You are now in %(code)s."), "code")`."""
    KINDS[kind] = Kind(sentence, facts)


def sentence(one: Notification) -> Markup:
    """Say what happened in the reader's language, each fact isolated from the text around it."""
    if one.kind not in KINDS:  # told by a newer release than the one that is running
        return Markup("{}").format(_("Something changed that concerns you."))
    isolated = {name: Markup("<bdi>{}</bdi>").format(fact) for name, fact in one.facts.items()}
    return Markup(str(KINDS[one.kind].sentence)) % isolated  # noqa: S704 (our own words; facts are escaped)


def address(one: Notification) -> str | None:
    """Return the page that shows more; none where the running release has no such page."""
    try:
        return link(one.page, **one.values)
    except LookupError:
        return None
