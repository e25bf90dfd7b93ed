"""Keeping house: dropping what has served its purpose, as the privacy page says."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, or_

from permille.complaints.forgetting import forget_complaints
from permille.consultations.forgetting import forget_answers
from permille.exclusions.forgetting import forget_exclusions
from permille.foundation.audit_chain import forget_old_acts
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.kept_forms import KeptForm
from permille.foundation.limits import forget_old_counts
from permille.foundation.outbox import Job
from permille.nominations.forgetting import forget_nominations
from permille.notifications.telling import forget_old
from permille.people.evidence import forget_evidence
from permille.people.models import Challenge, MailedLink, Purpose, SignedIn
from permille.people.models.passkeys import LIFE as QUESTIONS
from permille.secretariat.models import ImportFile
from permille.sheets.forgetting import forget_unclaimed
from permille.sheets.models import Sheet
from permille.taskforces.forgetting import forget_handovers
from permille.taskforces.models import JoinDraft
from permille.vacancies.forgetting import forget_applications

VISITORS_DRAFT = timedelta(days=7)
PERSONS_DRAFT = timedelta(days=90)
DELIVERED = timedelta(days=30)
UNDELIVERED = timedelta(days=30)
UNANSWERED = timedelta(days=30)
IMPORTS = timedelta(days=1)
KEPT_FORMS = timedelta(days=1)
DECISIONS = timedelta(days=5 * 365)


def keep_house() -> None:
    """Drop drafts nobody came back to, expired links and sessions, old records of mail and decisions."""
    present = now()
    for old in (
        delete(JoinDraft).where(
            JoinDraft.person_id.is_(None), JoinDraft.changed_at < present - VISITORS_DRAFT
        ),
        delete(JoinDraft).where(JoinDraft.changed_at < present - PERSONS_DRAFT),
        delete(MailedLink).where(
            MailedLink.expires_at < present,
            or_(MailedLink.purpose != Purpose.INVITATION, MailedLink.used_at.is_not(None)),
        ),
        delete(MailedLink).where(MailedLink.expires_at < present - UNANSWERED),
        delete(SignedIn).where(SignedIn.expired()),
        delete(Job).where(Job.done_at < present - DELIVERED),
        delete(Job).where(Job.failed_at < present - UNDELIVERED),
        delete(ImportFile).where(ImportFile.created_at < present - IMPORTS),
        delete(Challenge).where(Challenge.created_at < present - QUESTIONS),
        delete(Sheet).where(Sheet.done_at.is_(None), Sheet.created_at < present - IMPORTS),
        delete(Sheet).where(Sheet.done_at < present - DECISIONS),
        delete(KeptForm).where(KeptForm.created_at < present - KEPT_FORMS),
    ):
        db.session.execute(old, execution_options={"synchronize_session": False})
    forget_old_counts(db.session)
    forget_old(db.session)
    forget_applications(db.session, current_app.config["KEPT_APPLICATIONS_DAYS"])
    forget_complaints(db.session, current_app.config["KEPT_APPLICATIONS_DAYS"])
    forget_nominations(db.session, current_app.config["KEPT_APPLICATIONS_DAYS"])
    forget_answers(db.session, current_app.config["KEPT_ANSWERS_DAYS"])
    forget_handovers(db.session, current_app.config["KEPT_HANDOVERS_DAYS"])
    forget_exclusions(db.session, current_app.config["KEPT_EXCLUSIONS_DAYS"])
    forget_evidence(
        db.session, current_app.config["KEPT_EVIDENCE_DAYS"], current_app.config["KEPT_REFUSED_EVIDENCE_DAYS"]
    )
    forget_unclaimed(db.session, current_app.config["KEPT_UNCLAIMED_DAYS"])
    forget_old_acts(db.session, present - DECISIONS)
    db.session.commit()
