"""Contacts of organisations; who ended an affiliation and why; names as the desk searches them."""

import sqlalchemy as sa
from alembic import op

from permille.foundation.search import fold

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

HOLDS = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("affiliation_id", sa.Integer(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["affiliation_id"], ["affiliation.id"], name=op.f("fk_contact_affiliation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["person.id"], name=op.f("fk_contact_named_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(
        "one_contact", "contact", ["affiliation_id"], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS
    )
    with op.batch_alter_table("affiliation") as table:
        table.add_column(sa.Column("ended_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("end_reason", sa.String(length=1000), server_default="", nullable=False))
        table.create_foreign_key(
            op.f("fk_affiliation_ended_by_id"), "person", ["ended_by_id"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("folded", sa.String(length=800), server_default="", nullable=False))
    person = sa.table("person", sa.column("id"), sa.column("name"), sa.column("email"), sa.column("folded"))
    for row in op.get_bind().execute(sa.select(person.c.id, person.c.name, person.c.email)).all():
        folded = fold(f"{row.name} {row.email}")[:800]
        op.execute(person.update().where(person.c.id == row.id).values(folded=folded))


def downgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.drop_column("folded")
    with op.batch_alter_table("affiliation") as table:
        table.drop_constraint(op.f("fk_affiliation_ended_by_id"), type_="foreignkey")
        table.drop_column("end_reason")
        table.drop_column("ended_by_id")
    op.drop_index("one_contact", table_name="contact")
    op.drop_table("contact")
