"""Bodies as the desk keeps them: where, which the demonstration has, and looking at them."""

from sqlalchemy import select

from permille.consultations.models import Body
from permille.foundation.audit import AuditEntry
from permille.foundation.database import db

BODIES = "/en/consultations/bodies"
SHOWN = {"forum-of-partners@bodies.example", "bureau@bodies.example", "scientific-committee@bodies.example"}
CONSORTIUM = {
    "name_en": "Consortium of Members",
    "name_fr": "Consortium des membres",
    "email": "Consortium@bodies.example",
    "language": "fr",
}


def body_at(app, email):
    with app.app_context():
        return db.session.scalars(select(Body).where(Body.email == email).order_by(Body.id.desc())).first()


def acts_on_bodies(app):
    with app.app_context():
        query = select(AuditEntry.action).where(AuditEntry.object_kind == "body").order_by(AuditEntry.id)
        return list(db.session.scalars(query))


def add(desk, **other):
    return desk.post(f"{BODIES}/new/", **{**CONSORTIUM, **other})


def address(app, email):
    return f"{BODIES}/{body_at(app, email).id}/"
