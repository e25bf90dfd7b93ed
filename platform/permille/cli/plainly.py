"""Errors of the commands in one plain line: what is wrong, and what to do about it."""

from typing import Any

import click
from alembic.util import CommandError
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from permille.foundation.config import BadSetting
from permille.foundation.site import EmptyDatabase
from permille.regions.models import BadRegion

NO_TABLES = "The database is empty or not up to date. Run: permille db upgrade"
UNDEFINED = ("42P01", "42703")
"""How PostgreSQL calls a table or column that is not there, whatever language it speaks."""
MISSING = ("no such table", "no such column")
DRIVERS = ("MySQLdb", "cx_Oracle", "oracledb", "psycopg", "psycopg2", "pymysql", "pyodbc")
READ_ONLY = ("readonly database", "read-only", "unable to open database file")


class PlainGroup(click.Group):
    """A group of commands that says what went wrong instead of showing the way through the code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; known errors become one line and exit code 1."""
        try:
            return super().invoke(ctx)
        except (BadSetting, BadRegion, CommandError) as error:
            raise click.ClickException(str(error)) from error
        except EmptyDatabase as error:
            raise click.ClickException(NO_TABLES) from error
        except SQLAlchemyError as error:
            raise click.ClickException(database_trouble(error)) from error
        except ModuleNotFoundError as error:
            if error.name not in DRIVERS:
                raise
            raise click.ClickException(database_trouble(error)) from error
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            raise click.ClickException(f"{error.strerror or error}{where}") from error


def database_trouble(error: Exception) -> str:
    """Say in one line what is wrong with the database."""
    if isinstance(error, ArgumentError | NoSuchModuleError | ModuleNotFoundError):
        return (
            f"PERMILLE_DATABASE_URL cannot be used: {_first_line(error)}. Use sqlite:///… or postgresql://…"
        )
    inner = error.orig if isinstance(error, DBAPIError) and error.orig else error
    cause = _first_line(inner)
    if getattr(inner, "sqlstate", None) in UNDEFINED or any(sign in cause for sign in MISSING):
        return NO_TABLES
    if any(sign in cause for sign in READ_ONLY):
        return (
            f"The database cannot be written ({cause}). Check the rights of its folder (PERMILLE_INSTANCE)."
        )
    return f"The database does not answer ({cause}). Check PERMILLE_DATABASE_URL and that its server runs."


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
