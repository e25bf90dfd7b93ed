"""`permille people`: the first member of the Secretariat is made here."""

import click
from sqlalchemy import select

from permille.cli.opening import opened
from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.forms import can_be_address
from permille.foundation.languages import LANGUAGES
from permille.people.letters import mail_password_link
from permille.people.models import Person, Role


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
    address = email.strip().lower()
    if not can_be_address(address):
        raise click.ClickException(f"{email!r} is no e-mail address. It must look like name@example.org")
    # mails and links are written as within a request that may write
    with opened() as app, app.test_request_context(base_url=app.config["BASE_URL"], method="POST"):
        person = db.session.scalar(select(Person).where(Person.email == address))
        if person is None:
            person = Person(
                email=address, name=name or address.partition("@")[0], language="en", affiliations=[]
            )
            db.session.add(person)
        person.role = Role(role or person.role or Role.PERSON)
        person.name, person.language = name or person.name, language or person.language
        person.confirm()
        db.session.flush()
        page = mail_password_link(db.session, person)
        audit.record(db.session, None, "person.added", person, role=person.role)
        db.session.commit()
        click.echo(
            f"{address} is now: {person.role}. A mail is on its way. Set a password within an hour at:"
        )
        click.echo(page)
