"""Preparing a consultation: its question, its day, its panel, and the list of those to be asked."""

import pytest

from permille.foundation.clock import now
from permille.people.models import Role
from tests.browser import Browser
from tests.cast import change
from tests.consultations.conftest import DESK, TYPED, asked_by, preparation
from tests.vacancies.conftest import SEAT, acts_of, day


def test_the_form_proposes_the_usual_question_in_all_six_languages(desk, call):
    page = desk.get(f"{DESK}/")
    texts = [field.get_text().strip() for field in page.soup.select("textarea[name^=question_]")]
    assert len(texts) == 6 and len(set(texts)) == 6 and all(texts)
    assert page.soup.select("textarea[name^=question_]")[0]["lang"] == "en"
    assert (
        desk.get(f"{DESK}/".replace("/en/", "/ar/")).soup.select("textarea[name^=question_]")[0]["lang"]
        == "ar"
    )


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        ({"last_day": ""}, "Enter the last day."),
        ({"last_day": day(-1)}, "This day is past."),
        ({"last_day": "2999-01-01"}, "Check the year."),
        ({"panel": []}, "Choose at least two people."),
        ({"panel": ["x"]}, "Choose at least two people."),
        ({"question_en": " ", "question_fr": ""}, "Write the question in at least one language."),
        ({"question_en": "x" * 1001}, "Please keep it under 1,000."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(app, cast, desk, call, other, problem):
    page = desk.post(f"{DESK}/", **preparation(cast, **other))
    assert page.status == 422 and problem in page.text(".errsum")
    assert page("textarea[name=question_fr]").get_text().strip() == preparation(cast, **other)["question_fr"]
    assert acts_of(app, call) == []


def test_prepared_it_asks_nobody_and_candidates_can_still_change_what_they_wrote(
    app, cast, prepared, mails, applied
):
    assert acts_of(app, prepared)[-3:] == ["consultation.prepared", "panel.named", "panel.named"]
    assert not [mail for mail in mails() if "candidates" in mail["subject"]]
    candidate = Browser(app).sign_in(cast.email("partner"))
    assert "Change your application" in candidate.get(f"/en/applications/{applied}/").text("main")


def test_it_is_prepared_once(app, cast, desk, prepared):
    desk.post(f"{DESK}/", **preparation(cast))
    assert "Somebody else has just prepared it." in desk.get(f"{SEAT}/candidates/").text(".flash.bad")


def test_a_candidate_of_the_secretariat_is_neither_on_the_panel_nor_on_these_pages(
    app, cast, desk, call, applied
):
    change(app, cast.id("partner"), role=Role.SECRETARY)
    page = desk.get(f"{DESK}/")
    offered = {field["value"] for field in page.soup.select("input[name=panel]")}
    assert str(cast.id("partner")) not in offered and str(cast.id("secretary")) in offered
    assert Browser(app).sign_in(cast.email("partner")).get(f"{DESK}/").status == 403


def test_the_team_and_the_partners_of_the_region_come_onto_the_list_without_candidates_and_panel(
    app, cast, desk, prepared
):
    desk.post(f"{DESK}/groups/", group="team")
    team = asked_by(app, prepared)
    desk.post(f"{DESK}/groups/", group="partners")
    everybody = asked_by(app, prepared)
    assert team and set(team) < set(everybody)
    assert cast.email("partner") not in everybody and cast.email("secretary") not in everybody
    desk.post(f"{DESK}/groups/", group="partners")
    assert "Nobody was added" in desk.get(f"{DESK}/").text()
    assert asked_by(app, prepared) == everybody


def test_addresses_are_added_once_and_whoever_has_an_account_is_asked_by_it(app, cast, desk, prepared):
    typed = f"{TYPED}\nForum of Partners <forum@village.example>\n"
    page = desk.post(f"{DESK}/addresses/", addresses=typed + "nonsense", language="fr")
    assert page.status == 422 and "Nobody was added" in page.text(".errsum") and "line 1" in page.text("main")
    assert "forum@village.example" in page.text("textarea[name=addresses]")
    desk.post(f"{DESK}/addresses/", addresses=f"{TYPED}\n{cast.email('leader')}", language="fr")
    assert set(asked_by(app, prepared)) == {"forum@village.example", cast.email("leader")}
    desk.post(f"{DESK}/addresses/", addresses=f"{TYPED}\n{cast.email('leader')}", language="fr")
    assert len(asked_by(app, prepared)) == 2


def test_candidates_and_the_panel_cannot_be_asked_and_are_named(app, cast, desk, prepared):
    desk.post(
        f"{DESK}/addresses/", addresses=f"{cast.email('partner')}\n{cast.email('secretary')}", language="fr"
    )
    said = desk.get(f"{DESK}/").text(".flash.bad")
    assert cast.email("partner") in said and cast.email("secretary") in said
    assert asked_by(app, prepared) == {}


def test_somebody_is_taken_off_the_list_until_they_are_asked(app, cast, desk, prepared):
    desk.post(f"{DESK}/addresses/", addresses=TYPED, language="fr")
    (number,) = asked_by(app, prepared).values()
    where = f"{DESK}/consultees/{number}/remove/"
    assert desk.post(where).status == 303 and asked_by(app, prepared) == {}
    assert desk.post(where).status == 404


def test_question_and_day_change_until_people_were_asked_then_only_the_day_and_only_further(
    app, cast, desk, begun
):
    page = desk.get(f"{DESK}/change/")
    assert "the question stays as it is" in page.text("main")
    assert desk.post(f"{DESK}/change/", question_en="Another one?", last_day=day(2)).status == 422
    assert desk.post(f"{DESK}/change/", question_en="Another one?", last_day=day(20)).status == 303
    shown = desk.get(f"{DESK}/").text("main")
    assert "What do you know of them?" in shown and "Another one?" not in shown
    assert acts_of(app, begun)[-1] == "consultation.changed"


def test_the_panel_is_changed_and_who_declared_a_relation_is_not_offered_again(
    app, cast, desk, second, prepared
):
    change(app, cast.id("member"), role=Role.SECRETARY)
    assert second.post(f"{DESK}/declare/", relation="yes").status == 303
    page = desk.get(f"{DESK}/panel/")
    offered = {field["value"] for field in page.soup.select("input[name=panel]")}
    assert offered == {str(cast.id("secretary")), str(cast.id("member"))}
    assert desk.post(f"{DESK}/panel/", panel=[str(cast.id("secretary"))]).status == 422
    assert desk.post(f"{DESK}/panel/", panel=list(offered)).status == 303
    assert acts_of(app, prepared)[-2:] == ["panel.declared", "panel.named"]


def test_a_vacancy_that_has_gone_further_takes_no_preparation(app, cast, desk, call, change_vacancy):
    change_vacancy(call, closed_at=now(), consultation_at=now(), nomination_at=now())
    desk.post(f"{DESK}/", **preparation(cast))
    assert "It is too late for that" in desk.get(f"{SEAT}/candidates/").text(".flash.bad")
