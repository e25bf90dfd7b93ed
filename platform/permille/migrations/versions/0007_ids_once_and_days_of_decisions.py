"""No id is given twice on SQLite; the day a standing was decided."""

import sqlalchemy as sa
from alembic import op

from permille.migrations.numbering import give_ids_again, give_ids_once

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("standing", sa.Column("since", sa.Date(), nullable=True))
    give_ids_once(op.get_bind())


def downgrade() -> None:
    give_ids_again(op.get_bind())
    op.drop_column("standing", "since")
