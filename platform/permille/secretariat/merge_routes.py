"""Merging duplicates: choose, compare, confirm; and taking it back."""

from flask import Response, abort, flash, request

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.finding import found, number, within
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.models import Organisation
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.regions.countries import choices_in
from permille.secretariat import merging
from permille.secretariat.organisation_queries import organisation_by_id, organisations, people_count
from permille.secretariat.organisation_routes import sought
from permille.secretariat.routes import secretariat


@secretariat.get("/organisations/<int:organisation_id>/merge/")
def merge(organisation_id: int) -> Response:
    """Search for the record that stays; with `into`, show both side by side and ask."""
    source = _unmerged(organisation_id)
    if number("into"):
        target = _unmerged(number("into"))
        counts = [people_count(db.session, one) for one in (source, target)]
        return show(
            "secretariat/merge_check.html",
            source=source,
            target=_other(source, target),
            counts=counts,
            form=Form(),
        )
    wanted = sought().without(source.id)
    found_ones = organisations(db.session, wanted, language(), number("after")) if wanted.words else None
    countries = choices_in(language())
    return show("secretariat/merge.html", source=source, found=found_ones, wanted=wanted, countries=countries)


@secretariat.post("/organisations/<int:organisation_id>/merge/")
def merge_now(organisation_id: int) -> Response:
    """Let another record stand for this one."""
    person = signed_in()
    require(may_use_desk(person))
    source, target = _pair(organisation_id, request.form.get("into", 0, type=int))
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
    if source.merged_into_id is None:
        abort(409)
    source, target = _held(source.id, source.merged_into_id)
    entry = merging.last_merge(db.session, source.id)
    if entry is None or source.merged_into_id != target.id:
        abort(409)
    merging.part(db.session, source, target, entry)
    audit.record(db.session, person, "organisation.parted", source)
    db.session.commit()
    flash(_("The two records are apart again."))
    return go_to(link("secretariat.organisation", organisation_id=source.id))


def _unmerged(organisation_id: int) -> Organisation:
    one = found(organisation_by_id(db.session, within(organisation_id)))
    return one if one.merged_into_id is None else abort(409)


def _other(source: Organisation, target: Organisation) -> Organisation:
    return target if target.id != source.id else abort(409)


def _pair(source_id: int, target_id: int) -> tuple[Organisation, Organisation]:
    source, target = _held(within(source_id), within(target_id))
    if source.merged_into_id or target.merged_into_id:
        abort(409)
    return source, _other(source, target)


def _held(*ids: int) -> tuple[Organisation, ...]:
    # Always in the same order, so that two merges the opposite ways wait for each other and do not block.
    rows = {one: found(organisation_by_id(db.session, one, to_change=True)) for one in sorted(ids)}
    return tuple(rows[one] for one in ids)
