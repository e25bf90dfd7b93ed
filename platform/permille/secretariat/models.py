"""What the desk keeps of its own: a file of organisations between its check and its import."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from permille.foundation.database import Base


class ImportFile(Base):
    """The rows of an uploaded file, `[line, {heading: cell}]`, until they are imported or a day has passed."""

    __tablename__ = "import_file"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    rows: Mapped[list[Any]] = mapped_column(JSON, default=list)
    done_at: Mapped[datetime | None]
