"""Merging duplicates: choose, compare, confirm; and taking it back."""

from flask import Response, abort, flash, request

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.models import Organisation
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat import merging
from permille.secretariat.finding import found, number, within, words
from permille.secretariat.organisation_queries import organisation_by_id, organisations
from permille.secretariat.routes import secretariat


@secretariat.get("/organisations/<int:organisation_id>/merge/")
def merge(organisation_id: int) -> Response:
    """Search for the record that stays; with `into`, show both side by side and ask."""
    source = _unmerged(organisation_id)
    if number("into"):
        target = _unmerged(number("into"))
        counts = [merging.people_count(db.session, one) for one in (source, target)]
        return show(
            "secretariat/merge_check.html",
            source=source,
            target=_other(source, target),
            counts=counts,
            form=Form(),
        )
    rows = organisations(db.session, words(), "", language(), 0) if words() else []
    rows = [one for one in rows if one.id != source.id]
    return show("secretariat/merge.html", source=source, rows=rows, words=words())


@secretariat.post("/organisations/<int:organisation_id>/merge/")
def merge_now(organisation_id: int) -> Response:
    """Let another record stand for this one."""
    person = signed_in()
    require(may_use_desk(person))
    source = _unmerged(organisation_id)
    target = _other(source, _unmerged(within(request.form.get("into", 0, type=int))))
    details = merging.merge(db.session, source, target)
    audit.record(db.session, person, merging.ACT, source, **details)
    db.session.commit()
    flash(_("Merged. You can take it back on the page of the record that was merged."))
    return go_to(link("secretariat.organisation", organisation_id=target.id))


@secretariat.post("/organisations/<int:organisation_id>/part/")
def part(organisation_id: int) -> Response:
    """Take a merge back."""
    person = signed_in()
    require(may_use_desk(person))
    source = found(organisation_by_id(db.session, within(organisation_id)))
    entry = merging.last_merge(db.session, source)
    if source.merged_into_id is None or entry is None:
        abort(409)
    target = found(organisation_by_id(db.session, entry.details["into"]))
    merging.part(db.session, source, target, entry.details)
    audit.record(db.session, person, "organisation.parted", source)
    db.session.commit()
    flash(_("The two records are apart again."))
    return go_to(link("secretariat.organisation", organisation_id=source.id))


def _unmerged(organisation_id: int) -> Organisation:
    one = found(organisation_by_id(db.session, within(organisation_id)))
    return one if one.merged_into_id is None else abort(409)


def _other(source: Organisation, target: Organisation) -> Organisation:
    return target if target.id != source.id else abort(409)
