"""Direction in plain text, where no markup can say which way a foreign text runs."""

from permille.foundation.languages import direction

OPENERS = {"ltr": "\u2066", "rtl": "\u2067"}
CLOSER = "\u2069"


def isolated(text: str, lang: str, within: str) -> str:
    """Return a text of one language as it stands within a text of another, its order kept.

    Where both run the same way it is as it was. What people type holds none of these characters: forms drop them.
    """
    if direction(lang) == direction(within):
        return text
    opener = OPENERS[direction(lang)]
    # Line by line, as browsers send them or not: the end of a line ends every isolation.
    return "\n".join(f"{opener}{line}{CLOSER}" if line.strip() else "" for line in text.splitlines())
