"""The time zone of a person, and the last day of a call before which its people were reminded."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("zone", sa.String(length=64), server_default="", nullable=False))
    op.add_column("vacancy", sa.Column("reminded_for", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("vacancy", "reminded_for")
    op.drop_column("person", "zone")
