"""A stage on which every route has something behind its blanks."""

from datetime import date

from flask import Flask
from sqlalchemy import select

from permille.consultations.models import Consultation, Consultee, Group, PanelMember
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.multilingual import Multilingual, Status
from permille.foundation.outbox import Job
from permille.nominations.models import Nomination
from permille.notifications.models import Notification
from permille.objectives.models import Objective
from permille.people.models import Affiliation, ClaimFile, Contact, MailedLink, Organisation, Person, Purpose
from permille.secretariat.models import ImportFile
from permille.sheets.models import Sheet, SheetRow, What
from permille.taskforces.models import Mandate, Membership, Office
from permille.vacancies.models import Application, Evidence, Vacancy
from tests.cast import Cast


def stage(app: Flask, cast: Cast) -> dict[str, int]:
    """Put something behind every blank of a route: a claim, an invitation, a mail that failed, a file."""
    with app.app_context():
        accepted = list(
            db.session.scalars(select(Organisation.id).where(Organisation.accepted_at.is_not(None)).limit(2))
        )
        guest = Person(
            email="claimant@village.example", name="Amina", language="fr", confirmed_at=now(), affiliations=[]
        )
        contact = db.session.get_one(Person, cast.id("leader")).affiliation
        contact.contacts.append(Contact(named_by_id=cast.id("secretary")))
        letter = ClaimFile(name="Letter.txt", media_type="text/plain", size=1, digest="0", content=b"x")
        guest.affiliations.append(
            Affiliation(organisation_id=contact.organisation_id, function="Soil maps.", files=[letter])
        )
        invitation, _token = MailedLink.write(Purpose.INVITATION, "guest@village.example", "fr", name="Amina")
        payload = {"to": "lost@village.example", "subject": "Hello", "lang": "en", "body": "x", "html": "x"}
        mail = Job(kind="mail", payload=payload, failed_at=now(), error="Undeliverable: 550")
        rows = [[2, {"name": "Cooperativa de la Puna", "country": "BO"}]]
        file = ImportFile(person_id=cast.id("secretary"), name="organisations.csv", rows=rows)
        news = Notification(
            person_id=cast.id("member"), kind="joined", page="taskforces.page", values={"code": "a1"}, facts={"code": "A1"}
        )  # fmt: skip
        db.session.add_all([guest, invitation, mail, file, news])
        db.session.get_one(Person, cast.id("member")).unread = 1
        application = _candidacy(cast)
        consultee, nomination = _consulted(cast, application), _nominated(cast, application)
        sheet = _listed(cast)
        db.session.commit()
        affiliation = guest.affiliations[0].id
        return {
            "organisation_id": accepted[0],
            "affiliation_id": affiliation,
            "claim_id": affiliation,
            "file_id": letter.id,
            "invitation_id": invitation.id,
            "job_id": mail.id,
            "import_id": file.id,
            "other": accepted[1],
            "application_id": application.id,
            "evidence_id": application.evidence[0].id,
            "consultee_id": consultee.id,
            "nomination_id": nomination.id,
            "membership_id": db.session.scalars(
                select(Membership.id)
                .join(Membership.objective)
                .where(Membership.person_id == cast.id("member"), Objective.code == "A1")
            ).one(),
            "sheet_id": sheet.id,
        }


def _candidacy(cast: Cast) -> Application:
    """Let the member stand for the seat every route of seats is asked about."""
    objective = db.session.scalars(select(Objective).where(Objective.code == "A1")).one()
    vacancy = Vacancy(
        objective_id=objective.id, office=Office.REPRESENTATIVE, region="europe", last_day=date(2031, 1, 31)
    )
    file = Evidence(name="Letter of 2026.txt", media_type="text/plain", size=1, digest="0", content=b"x")
    application = Application(
        vacancy=vacancy, person_id=cast.id("member"), number="A1-1", sent_at=now(), languages=["es"], evidence=[file],
        why="x", experience="x", knowledge="x", time="x", endorsement="x",
    )  # fmt: skip
    db.session.add(application)
    db.session.flush()
    return application


def _consulted(cast: Cast, application: Application) -> Consultee:
    """Let somebody be asked about the member; the panel has not declared anything yet."""
    question = Multilingual().edited("en", "What do you know of them?", Status.ORIGINAL)
    one = Consultation(vacancy_id=application.vacancy_id, question=question, last_day=date(2031, 3, 31))
    consultee = Consultee(
        consultation=one, person_id=cast.id("newcomer"), asked_as=Group.BODY, language="ru", invited_at=now()
    )
    panel = [
        PanelMember(vacancy_id=application.vacancy_id, person_id=cast.id(part))
        for part in ("secretary", "second-secretary")
    ]
    db.session.add_all([consultee, *panel])
    db.session.flush()
    return consultee


def _nominated(cast: Cast, application: Application) -> Nomination:
    """Let a nomination of the member have come to nothing."""
    one = Nomination(
        vacancy_id=application.vacancy_id, application_id=application.id, proposed_by_id=cast.id("secretary"),
        confirmed_by_id=cast.id("second-secretary"), confirmed_at=now(), reason="x", ends_on=date(2031, 1, 31),
        declined_at=now(),
    )  # fmt: skip
    db.session.add(one)
    db.session.flush()
    return one


def _listed(cast: Cast) -> Sheet:
    """Let the secretary have entered a list with one holder."""
    one = Sheet(
        person_id=cast.id("secretary"), what=What.MANDATES, name="Holders of 2026.csv", done_at=now(), made=1
    )
    held = select(Mandate.id).where(Mandate.ended_at.is_(None), Mandate.person_id != cast.id("secretary"))
    row = SheetRow(
        sheet=one, number=2, mandate_id=db.session.scalars(held.order_by(Mandate.id.desc())).first()
    )
    db.session.add_all([one, row])
    db.session.flush()
    return one
