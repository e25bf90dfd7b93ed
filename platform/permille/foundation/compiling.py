"""The compiler of documents, run as a program of its own: what it holds in memory ends with it.

It reads an order as JSON from its standard input and writes a PDF. It knows nothing else of the platform.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst

MOST_MEMORY = 2 * 1024**3
REFUSED, NO_FONT = 3, 4
"""How it ends when a document cannot be set, and when there is no font at all."""


def compiled(order: dict[str, Any]) -> bytes:
    """Return the PDF an order asks for. Raises what the compiler raises."""
    fonts = typst.Fonts(**order["fonts"])
    if not fonts.families():
        raise SystemExit(NO_FONT)
    return typst.compile(
        Path(order["template"]),
        root=Path(order["template"]).parent,
        font_paths=fonts,
        format="pdf",
        sys_inputs=order["inputs"],
        pdf_standards=order["standards"],
        timestamp=order["timestamp"],
    )


def _stay_small() -> None:
    try:
        import resource
    except ImportError:  # not every system can hold a program to a size
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def main() -> None:
    """Do what the standard input asks for; say nothing of what it was about."""
    _stay_small()
    try:
        pdf = compiled(json.load(sys.stdin.buffer))
    except RuntimeError:
        raise SystemExit(REFUSED) from None
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
