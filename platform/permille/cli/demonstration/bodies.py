"""Bodies at invented addresses, so that a consultation of the demonstration can ask them."""

import tomllib
from pathlib import Path

from sqlalchemy import delete

from permille.consultations.models import Body
from permille.foundation.database import Session
from permille.foundation.multilingual import SOURCE, Multilingual, Status

DATA = Path(__file__).parent / "bodies.toml"


def load_bodies(session: Session) -> None:
    """Add the bodies."""
    for row in tomllib.loads(DATA.read_text("utf-8"))["bodies"]:
        name = Multilingual()
        for lang, text in row["name"].items():
            name = name.edited(lang, text, Status.ORIGINAL if lang == SOURCE else Status.CONFIRMED)
        session.add(Body(name=name, email=row["email"], language=row["language"], is_demonstration=True))


def remove_bodies(session: Session) -> None:
    """Remove the bodies that were loaded with the demonstration."""
    session.execute(delete(Body).where(Body.is_demonstration))
