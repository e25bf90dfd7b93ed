"""What the desk keeps of its own: a file of organisations between its check and its import."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from permille.foundation.database import Base, Session
from permille.foundation.erasure import holds


class ImportFile(Base):
    """The rows of an uploaded file, `[line, {heading: cell}]`, until they are imported or a day has passed."""

    __tablename__ = "import_file"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    rows: Mapped[list[Any]] = mapped_column(JSON, default=list)
    done_at: Mapped[datetime | None]


def _tell(session: Session, person: Any) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(ImportFile).where(ImportFile.person_id == person.id).order_by(ImportFile.id)
    )
    return [{"file": row.name, "uploaded": row.created_at.isoformat(), "rows": row.rows} for row in rows]


def _erase(session: Session, person: Any) -> None:
    session.execute(delete(ImportFile).where(ImportFile.person_id == person.id))


holds("imported files", _tell, _erase, "import_file.person_id")
