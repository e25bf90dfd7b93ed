"""A file that shows that somebody belongs to an organisation."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from permille.foundation.database import Base

MOST_FILES = 3
LONGEST_FUNCTION = 500


class ClaimFile(Base):
    """A file that came with a claim. Its bytes are read only when it is downloaded."""

    __tablename__ = "claim_file"

    affiliation_id: Mapped[int] = mapped_column(ForeignKey("affiliation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
