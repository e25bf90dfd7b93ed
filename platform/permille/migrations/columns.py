"""What the tables of several migrations are made of, with the names the models give it."""

from typing import Any

import sqlalchemy as sa
from alembic import op


def own(table: str) -> list[Any]:
    """Return the columns and the key every table has."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def refers(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    """Return the constraint by which a column names a row of another table."""
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def moments(*names: str) -> list[Any]:
    """Return columns for points in time that need not have come."""
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in names]
