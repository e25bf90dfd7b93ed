"""Who is named to whom inside a task force; offices that outlive the account of their holder."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0002"
branch_labels = None
depends_on = None

HOLDER = "fk_mandate_person_id"
SEAT = sa.CheckConstraint("(office = 'leader') = (region IS NULL)", name=op.f("ck_mandate_seat"))
HELD, IS_HELD = "ck_mandate_holder", "person_id IS NOT NULL OR ended_at IS NOT NULL"


def upgrade() -> None:
    op.add_column(
        "person", sa.Column("is_named_to_team", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    _let_holder(
        nullable=True, ondelete="SET NULL", checks=(SEAT, sa.CheckConstraint(IS_HELD, name=op.f(HELD)))
    )
    if _is_postgresql():
        op.create_check_constraint(op.f(HELD), "mandate", IS_HELD)


def downgrade() -> None:
    op.execute("DELETE FROM mandate WHERE person_id IS NULL")
    if _is_postgresql():
        op.drop_constraint(op.f(HELD), "mandate", type_="check")
    _let_holder(nullable=False, ondelete="CASCADE", checks=(SEAT,))
    op.drop_column("person", "is_named_to_team")


def _let_holder(*, nullable: bool, ondelete: str, checks: tuple[sa.CheckConstraint, ...]) -> None:
    # SQLite makes the table anew and forgets its checks unless it is told them.
    with op.batch_alter_table("mandate", table_args=checks) as table:
        table.alter_column("person_id", existing_type=sa.Integer(), nullable=nullable)
        table.drop_constraint(op.f(HOLDER), type_="foreignkey")
        table.create_foreign_key(op.f(HOLDER), "person", ["person_id"], ["id"], ondelete=ondelete)


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
