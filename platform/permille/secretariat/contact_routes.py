"""How the Secretariat can be reached: shown on the help page."""

from flask import Response, flash

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.site import set_contact, site
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat.forms import ContactForm
from permille.secretariat.routes import secretariat


@secretariat.get("/contact/")
def contact() -> Response:
    """Show the address that is published."""
    return show("secretariat/contact.html", form=ContactForm(email=site().contact))


@secretariat.post("/contact/")
def contact_now() -> Response:
    """Publish another address, or none."""
    person = signed_in()
    require(may_use_desk(person))
    form = ContactForm()
    if not form.is_in_order():
        return show("secretariat/contact.html", status=422, form=form)
    set_contact(db.session, form.email.data or "")
    audit.record(db.session, person, "contact.changed")
    db.session.commit()
    flash(_("Saved."))
    return go_to(link("secretariat.contact"))
