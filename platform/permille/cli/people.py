"""`permille people`: the first member of the Secretariat is made here."""

import click

from permille.cli.opening import opened
from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.forms import can_be_address, clean, one_line
from permille.foundation.languages import LANGUAGES
from permille.notifications.telling import tell
from permille.people.accounts import change_role
from permille.people.indexing import index_person
from permille.people.letters import mail_password_link
from permille.people.models import Person, Role
from permille.people.opening import end_all_sessions
from permille.people.queries import person_with
from permille.people.second_step import turn_off


@click.group()
def people() -> None:
    """Look after accounts."""


@people.command()
@click.argument("email")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    help="The role to give; else it stays as it is.",
)
@click.option("--name", default="", help="The person's name; else it stays as it is.")
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="The language of their mails; English for a new account."
)
def add(email: str, role: str | None, name: str, language: str | None) -> None:
    """Add an account for EMAIL, or change its role, and mail and print a link that sets its password."""
    address, name = email.strip().lower(), one_line(clean(name)) or ""
    if not can_be_address(address):
        raise click.ClickException(f"{email!r} is no e-mail address. It must look like name@example.org")
    # mails and links are written as within a request that may write
    with opened() as app, app.test_request_context(base_url=app.config["BASE_URL"], method="POST"):
        person = person_with(db.session, address)
        if person is None:
            person = _newcomer(address, name, Role(role or Role.PERSON))
        else:
            change_role(db.session, None, person, Role(role or person.role))
        person.name, person.language = name or person.name, language or person.language
        person.confirm()
        index_person(db.session, person)
        page = mail_password_link(db.session, person)
        db.session.commit()
        click.echo(
            f"{address} is now: {person.role}. A mail is on its way. Set a password within an hour at:"
        )
        click.echo(page)


@people.command("end-second-step")
@click.argument("email")
def end_second_step(email: str) -> None:
    """Take away the second step of EMAIL, who has lost phone and recovery codes, and tell them by mail."""
    with opened() as app, app.test_request_context(base_url=app.config["BASE_URL"], method="POST"):
        person = person_with(db.session, email.strip().lower())
        if person is None or person.second_factor_at is None:
            raise click.ClickException(f"{email!r} has no second step here.")
        turn_off(db.session, person, None)
        end_all_sessions(person)
        tell(db.session, person, "factor_taken", "portals.help")
        db.session.commit()
        click.echo(f"{person.email} signs in without a second step now.")


def _newcomer(address: str, name: str, role: Role) -> Person:
    # A name that is only a part of a private address is not published.
    named = {"name": name or address.partition("@")[0], "is_listed": bool(name)}
    person = Person(email=address, language="en", role=role, affiliations=[], **named)
    db.session.add(person)
    audit.record(db.session, None, "person.added", person, role=role)
    return person
