"""Files of an application: added, read by those who may, taken away, and never run."""

from io import BytesIO

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.vacancies.models import Evidence
from tests.browser import Browser
from tests.vacancies.conftest import acts_of

LETTER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def partner(app, cast):
    return Browser(app).sign_in(cast.email("partner"))


def add(browser, application, name="letter.pdf", content=LETTER):
    return browser.post(f"/en/applications/{application}/files/", file=(BytesIO(content), name))


def files(app, application):
    with app.app_context():
        return list(db.session.scalars(select(Evidence).where(Evidence.application_id == application)))


def test_a_file_is_added_downloaded_and_removed(app, cast, partner, call, applied):
    assert add(partner, applied, "Lettre de soutien n° 1.pdf").status == 303
    (file,) = files(app, applied)
    where = f"/en/applications/{applied}/files/{file.id}/"
    got = partner.client.get(where)
    assert got.data == LETTER and got.mimetype == "application/pdf"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["Cache-Control"] == "no-store"
    assert Browser(app).sign_in(cast.email("secretary")).client.get(where).data == LETTER
    assert Browser(app).sign_in(cast.email("member")).get(where).status == 404
    assert partner.post(f"{where}remove/").status == 303
    assert files(app, applied) == []
    assert acts_of(app, call) == ["application.sent", "evidence.added", "evidence.removed"]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("", b"", "Choose a file."),
        ("page.html", b"<script>", "cannot be attached"),
        ("letter.pdf", b"<html>", "not what its name says"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_with_the_reason(
    app, partner, call, applied, name, content, problem
):
    page = add(partner, applied, name, content)
    assert page.status == 422 and problem in page.text(".errsum")
    assert files(app, applied) == []


def test_nothing_is_added_or_removed_once_the_consultation_has_begun(
    app, partner, call, applied, change_vacancy
):
    add(partner, applied)
    (file,) = files(app, applied)
    change_vacancy(call, consultation_at=now())
    assert add(partner, applied).status == 403
    assert partner.post(f"/en/applications/{applied}/files/{file.id}/remove/").status == 403
    assert len(files(app, applied)) == 1


def test_there_is_room_for_ten_files(app, partner, call, applied):
    for n in range(10):
        assert add(partner, applied, f"{n}.pdf").status == 303
    page = add(partner, applied)
    assert page.status == 422 and "up to 10 files" in page.text(".errsum")


def test_files_of_another_application_are_not_found(app, partner, call, applied):
    with app.app_context():
        other = db.session.scalars(select(Evidence)).first().id
    assert partner.get(f"/en/applications/{applied}/files/{other}/").status == 404
