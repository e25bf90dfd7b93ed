"""Setting a second step up and off, its recovery codes, and the day the phone is lost."""

from sqlalchemy import delete, select, update

from permille.foundation.audit import AuditEntry
from permille.foundation.database import db
from permille.foundation.kept_forms import KeptForm
from permille.people.models import Authenticator, RecoveryCode, SignedIn
from permille.people.second_step import CODES
from tests.browser import Browser
from tests.people.second_step.phones import WRONG, half_way, shown


def test_a_recovery_code_opens_once_and_its_owner_is_told(app, cast, set_up, mails):
    _browser, _phone, codes = set_up("member")
    browser, where = half_way(app, cast.email("member"))
    assert browser.post(where, code=codes[0].upper()).status == 303
    assert "quedan 7." in mails()[-1]["body"]
    assert "You have 7 recovery codes left" in browser.get("/en/me/second-step/").text("main")
    again, where = half_way(app, cast.email("member"))
    assert again.post(where, code=codes[0]).status == 422


def test_new_recovery_codes_make_the_old_ones_worthless(app, cast, set_up):
    browser, _phone, codes = set_up("member")
    fresh = [one.get_text() for one in browser.post("/en/me/second-step/codes/").soup.select(".codes code")]
    assert len(fresh) == CODES and not set(fresh) & set(codes)
    other, where = half_way(app, cast.email("member"))
    assert other.post(where, code=codes[0]).status == 422
    assert other.post(where, code=fresh[0]).status == 303


def test_setting_it_up_signs_out_everywhere_else_and_is_told(app, cast, set_up, mails):
    elsewhere = Browser(app).sign_in(cast.email("member"))
    browser, _phone, _codes = set_up("member")
    assert elsewhere.get("/en/me/").status == 302
    assert browser.get("/en/me/").status == 200
    assert "segundo paso protege" in mails()[-1]["subject"]


def test_an_app_that_was_not_tried_counts_for_nothing(app, cast, turned):
    browser = Browser(app).sign_in(cast.email("member"))
    browser.post("/en/me/second-step/begin/")
    assert browser.post("/en/me/second-step/app/", code=WRONG).status == 422
    assert Browser(app).sign_in(cast.email("member")).get("/en/me/").status == 200


def test_it_can_be_turned_off_and_then_the_password_is_enough(app, cast, set_up):
    browser, _phone, _codes = set_up("member")
    assert browser.post("/en/me/second-step/end/").status == 303
    assert Browser(app).sign_in(cast.email("member")).get("/en/me/").status == 200
    with app.app_context():
        assert (
            db.session.scalars(select(RecoveryCode)).all()
            == db.session.scalars(select(Authenticator)).all()
            == []
        )


def test_neither_seed_nor_codes_can_be_read_in_the_database(app, cast, set_up):
    _browser, phone, codes = set_up("member")
    with app.app_context():
        row = db.session.scalars(select(Authenticator)).one()
        digests = [one.digest for one in db.session.scalars(select(RecoveryCode))]
    assert phone.secret not in row.sealed
    assert not any(code.replace("-", "").encode() in digest for code in codes for digest in digests)


def test_without_the_key_that_sealed_it_the_recovery_codes_still_open(app, cast, set_up):
    _browser, phone, codes = set_up("member")
    with app.app_context():
        db.session.execute(update(Authenticator).values(sealed="gAAAAA-sealed-elsewhere"))
        db.session.commit()
    browser, where = half_way(app, cast.email("member"))
    assert browser.post(where, code=shown(phone)).status == 422
    assert browser.post(where, code=codes[0]).status == 303


def test_the_secretariat_takes_it_away_when_phone_and_codes_are_lost(app, cast, set_up, mails):
    member, _phone, _codes = set_up("member")
    desk = Browser(app).sign_in(cast.email("secretary"))
    path = f"/en/secretariat/people/{cast.id('member')}/second-step/end/"
    assert desk.post(path).status == 303
    assert "Se ha quitado" in mails()[-1]["subject"]
    assert member.get("/en/me/").status == 302
    assert Browser(app).sign_in(cast.email("member")).get("/en/me/").status == 200
    assert desk.post(path).status == 409


def test_a_code_is_never_kept_with_a_form(app, cast, set_up):
    browser, _phone, codes = set_up("member")
    token = browser.token()
    Browser(app).sign_in(cast.email("partner"))
    with app.app_context():
        db.session.execute(delete(SignedIn))
        db.session.commit()
    browser.post("/en/me/again/", token=token, code=codes[0])
    with app.app_context():
        assert not any(codes[0] in str(fields) for fields in db.session.scalars(select(KeptForm.fields)))


def test_new_codes_are_told_and_recorded_and_sign_out_everywhere_else(app, cast, set_up, mails):
    browser, phone, _codes = set_up("member")
    other, where = half_way(app, cast.email("member"))
    other.post(where, code=shown(phone))
    assert other.get("/en/me/").status == 200
    browser.post("/en/me/second-step/codes/")
    assert "nuevos códigos" in mails()[-1]["subject"]
    assert other.get("/en/me/").status == 302 and browser.get("/en/me/").status == 200
    with app.app_context():
        acts = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert "factor.renewed" in acts


def test_turning_it_off_signs_out_everywhere_else(app, cast, set_up):
    browser, phone, _codes = set_up("member")
    other, where = half_way(app, cast.email("member"))
    other.post(where, code=shown(phone))
    browser.post("/en/me/second-step/end/")
    assert other.get("/en/me/").status == 302 and browser.get("/en/me/").status == 200
