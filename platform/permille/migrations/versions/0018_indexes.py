"""Indexes for what every request of somebody signed in asks, and for counting candidates."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STANDS = sa.text("sent_at IS NOT NULL AND stood_down_at IS NULL")


def upgrade() -> None:
    op.create_index(op.f("ix_affiliation_person_id"), "affiliation", ["person_id"])
    op.create_index(
        "candidacies", "application", ["vacancy_id", "id"], sqlite_where=STANDS, postgresql_where=STANDS
    )


def downgrade() -> None:
    op.drop_index("candidacies", "application")
    op.drop_index(op.f("ix_affiliation_person_id"), "affiliation")
