"""Reading addresses that were typed or pasted, one per line with a name, and what is wrong with each."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from permille.foundation.forms import can_be_address
from permille.foundation.languages import _, number

ADDRESS = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")


@dataclass(frozen=True)
class TypedAddress:
    """A line of the list: whom it names, and why they cannot be written to, if so."""

    line: int
    email: str
    name: str
    problem: str = ""


def said_lines(text: str) -> int:
    """Count the lines that say something."""
    return sum(bool(line.strip()) for line in text.splitlines())


def typed_addresses(text: str, why_not: Callable[[str], str]) -> list[TypedAddress]:
    """Read lines such as `name@example.org Amina Sow` or `Amina Sow <name@example.org>`, in any order.

    `why_not` says of an address that is new on the list what speaks against it; empty if nothing does.
    """
    seen: dict[str, int] = {}
    read = []
    for line, said in enumerate(text.splitlines(), start=1):
        if said.strip():
            read.append(_read(line, said, seen, why_not))
            seen.setdefault(read[-1].email, line)
    return read


def _read(line: int, said: str, seen: dict[str, int], why_not: Callable[[str], str]) -> TypedAddress:
    found = ADDRESS.search(said)
    email = found[0].strip("\"'()").lower() if found else ""
    name = " ".join((said.replace(found[0], " ") if found else said).strip(" <>,;\t\"'").split())[:200]
    if not can_be_address(email):
        return TypedAddress(line, email, name, _("Enter an e-mail address, for example name@example.org."))
    if email in seen:
        problem = _("the same address as in line %(line)s", line=number(seen[email]))
        return TypedAddress(line, email, name, problem)
    return TypedAddress(line, email, name, why_not(email))
