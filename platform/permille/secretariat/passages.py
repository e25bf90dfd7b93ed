"""The legal texts that come along, as plain text to start an edit from."""

from functools import cache
from html.parser import HTMLParser

from flask import render_template

from permille.foundation.languages import speaking

LISTED = {"li": "– ", "th": "– "}
ENDS = {"h2": "\n", "p": "\n\n", "ul": "\n", "li": "\n", "th": " – ", "tr": "\n", "table": "\n"}


@cache
def built_in(name: str, lang: str) -> str:
    """Return the legal text `name` as it comes along in a language."""
    with speaking(lang):
        reader = _Plain()
        reader.feed(render_template(f"portals/_{name}.html"))
    lines = [" ".join(line.split()) for line in "".join(reader.parts).strip().splitlines()]
    return "\n".join(line for n, line in enumerate(lines) if line or lines[n - 1])


class _Plain(HTMLParser):
    """Reads the words of a page; what separates them becomes lines and dashes."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.is_heading = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a line of a list with a dash; the headings of a table say nothing by themselves."""
        self.is_heading = tag == "thead" or (self.is_heading and tag in ("tr", "th"))
        if not self.is_heading:
            self.parts.append(LISTED.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        """End what ends."""
        if not self.is_heading:
            self.parts.append(ENDS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        """Keep the words, on one line."""
        if not self.is_heading:
            self.parts.append(" ".join(data.split()) if data.strip() else "")
