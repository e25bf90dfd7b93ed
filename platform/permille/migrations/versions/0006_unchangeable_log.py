"""The audit log can only grow: its entries are chained, and the database refuses to change or drop them."""

import hashlib
import json
import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SAID = (
    "id",
    "created_at",
    "action",
    "object_kind",
    "object_id",
    "details",
    "salt",
    "actor_seal",
    "before",
    "digest",
)
LIFE_DAYS = 1824  # a day less than it is kept: the two clocks may differ
ENTRY = sa.table(
    "audit_entry",
    *(sa.column(name) for name in ("id", "actor_id", "action", "object_kind", "object_id")),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("details", sa.JSON),
    *(sa.column(name) for name in ("salt", "actor_seal", "before", "digest")),
)


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("beginning", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    with op.batch_alter_table("audit_entry") as table:
        table.add_column(sa.Column("salt", sa.String(length=32), nullable=False, server_default=""))
        table.add_column(sa.Column("actor_seal", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("before", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("digest", sa.String(length=64), nullable=True))
        table.create_unique_constraint(op.f("uq_audit_entry_digest"), ["digest"])
    head = _seal_what_is_there()
    op.get_bind().execute(
        sa.text(
            "INSERT INTO audit_head (id, beginning, digest, created_at) VALUES (1, '', :head, CURRENT_TIMESTAMP)"
        ),
        {"head": head},
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_entry_stays")
        op.execute("DROP TRIGGER audit_entry_is_kept")
    else:
        op.execute("DROP TRIGGER audit_entry_stays ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_stays()")
    with op.batch_alter_table("audit_entry") as table:
        table.drop_constraint(op.f("uq_audit_entry_digest"), type_="unique")
        for name in ("digest", "before", "actor_seal", "salt"):
            table.drop_column(name)
    op.drop_table("audit_head")


def _seal_what_is_there() -> str:
    # The same as foundation/audit_chain.py does: a migration needs no code of the application.
    before = ""
    connection = op.get_bind()
    for row in connection.execute(sa.select(ENTRY).order_by(ENTRY.c.id)).all():
        salt = secrets.token_hex(16)
        seal = hashlib.sha256(f"{salt}:{row.actor_id}".encode()).hexdigest()
        when: datetime = row.created_at
        when = when.astimezone(UTC) if when.tzinfo else when
        said = [row.id, f"{when:%Y-%m-%dT%H:%M:%S.%f}", seal]
        said += [row.action, row.object_kind, row.object_id, row.details]
        plain = json.dumps([before, *said], sort_keys=True, ensure_ascii=True, default=str)
        digest = hashlib.sha256(plain.encode()).hexdigest()
        connection.execute(
            sa.update(ENTRY)
            .where(ENTRY.c.id == row.id)
            .values(salt=salt, actor_seal=seal, before=before, digest=digest)
        )
        before = digest
    return before


# A sealed entry may lose who acted (they were forgotten) and nothing else; after five years it may go.
SQLITE = (
    "CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry "
    "WHEN OLD.digest IS NOT NULL AND NOT (NEW.actor_id IS NULL AND "
    + " AND ".join(f"NEW.{name} IS OLD.{name}" for name in SAID)
    + ") BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END",
    "CREATE TRIGGER audit_entry_is_kept BEFORE DELETE ON audit_entry "
    f"WHEN OLD.created_at > datetime('now', '-{LIFE_DAYS} days') "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is kept for five years'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION 'the audit log is kept for five years'; END IF; "
    "IF TG_OP = 'DELETE' THEN "
    f"IF OLD.created_at > now() - interval '{LIFE_DAYS} days' THEN "
    "RAISE EXCEPTION 'the audit log is kept for five years'; END IF; RETURN OLD; END IF; "
    "IF OLD.digest IS NOT NULL AND NOT (NEW.actor_id IS NULL AND "
    + " AND ".join(f"NEW.{name}::text IS NOT DISTINCT FROM OLD.{name}::text" for name in SAID)
    + ") THEN RAISE EXCEPTION 'the audit log is never changed'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry "
    "FOR EACH ROW EXECUTE FUNCTION audit_entry_stays()",
)
