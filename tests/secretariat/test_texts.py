"""Texts on the desk: edited beside the English, confirmed, official, never silently overwritten."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.objectives.loading import load_strategy
from permille.objectives.models import Objective
from permille.objectives.reading import Strategy, read_strategy
from permille.secretariat import texts

PATH = "/en/secretariat/texts/objectives/a1/"


def filled_form(page):
    form = {one["name"]: one.text.removeprefix("\n") for one in page.soup.select("textarea")}
    return {**form, "stamp": page("input[name=stamp]")["value"]}


@pytest.fixture
def written(desk):
    """Return a function that opens a text's page, changes some of it and saves."""

    def save(path, **changed):
        return desk.post(path, **{**filled_form(desk.get(path)), **changed})

    return save


def test_every_text_and_language_is_listed_with_how_far_it_is(desk):
    page = desk.get("/en/secretariat/texts/")
    assert len(page.soup.select("tbody tr")) == 6 + 24 + 3
    assert len(page.soup.select("tbody td a")) == (6 + 24 + 3) * 6
    assert page("a[href$='/objectives/a1/fr/']").get_text().endswith("draft")


def test_a_translation_is_changed_beside_the_english_found_and_still_a_draft(browser, desk, written):
    page = desk.get(PATH + "fr/")
    assert page("[lang=en].source").get_text(strip=True)
    assert written(PATH + "fr/", summary="Résumé rectifié à la hâte.").status == 303
    shown = browser.get("/fr/objectives/a1/")
    assert "Résumé rectifié à la hâte." in shown.text("main") and shown(".draft-mark")
    assert "A1" in browser.get("/fr/search/?q=rectifié").text("#results")


def test_a_confirmed_translation_carries_no_mark_any_more(browser, written, acts):
    assert browser.get("/es/objectives/a1/")(".draft-mark")
    assert written(PATH + "es/", confirmed="1").status == 303
    assert browser.get("/es/objectives/a1/")(".draft-mark") is None
    assert "text.changed" in acts()


def test_an_official_text_is_shown_first_and_a_missing_translation_of_it_in_english(browser, written):
    written(PATH + "en/", official="The official wording of A1.")
    assert "Official text The official wording" in browser.get("/en/objectives/a1/").text(
        "#what ~ p, section"
    )
    arabic = browser.get("/ar/objectives/a1/")
    assert arabic("span[lang=en][dir=ltr]").get_text() == "The official wording of A1."
    assert arabic(".note")


def test_the_second_of_two_editors_sees_both_versions_and_loses_nothing(desk):
    first, second = filled_form(desk.get(PATH + "ru/")), filled_form(desk.get(PATH + "ru/"))
    assert desk.post(PATH + "ru/", **{**first, "summary": "Первый"}).status == 303
    clash = desk.post(PATH + "ru/", **{**second, "summary": "Второй"})
    assert clash.status == 409
    assert clash("#summary").get_text() == "Второй" and "Первый" in clash.text("main")
    again = {**filled_form(clash)}
    assert desk.post(PATH + "ru/", **again).status == 303


def test_a_refused_text_still_knows_what_it_began_with(desk):
    form = filled_form(desk.get(PATH + "ru/"))
    refused = desk.post(PATH + "ru/", **{**form, "summary": "x" * 20_001})
    desk.post(PATH + "ru/", **{**form, "summary": "Первый"})
    assert desk.post(PATH + "ru/", **{**filled_form(refused), "summary": "Второй"}).status == 409


def test_the_english_of_a_shipped_text_cannot_be_emptied(written):
    page = written(PATH + "en/", summary="")
    assert page.status == 422 and page(".err")


def test_a_text_that_is_too_long_is_explained(written):
    page = written(PATH + "fr/", summary="x" * 20_001)
    assert page.status == 422 and "20,001" in page.text(".errsum")


def test_what_was_changed_here_survives_a_new_release_and_the_conflict_is_shown_and_settled(
    app, desk, written, monkeypatch
):
    written(PATH + "fr/", summary="Écrit au bureau.")
    strategy = read_strategy()
    newer = {**strategy.texts, "fr": {**strategy.texts["fr"], "objectives.A1.summary": "Livré depuis."}}
    with app.app_context():
        changes = load_strategy(db.session, Strategy(strategy.goals, strategy.objectives, newer))
        assert [str(one) for one in changes] == ["conflict, kept as edited here: objectives.A1.summary [fr]"]
        db.session.commit()
    monkeypatch.setattr(texts, "shipped_texts", lambda lang: newer[lang])
    assert desk.get("/en/secretariat/texts/")("a[href$='/objectives/a1/fr/']").get_text().endswith("conflict")
    assert "Livré depuis." in desk.get(PATH + "fr/").text("main")
    assert desk.get("/en/secretariat/")("a[href$='/objectives/a1/fr/']")
    assert written(PATH + "fr/", label="ACN").status == 303
    assert desk.get("/en/secretariat/texts/")("a[href$='/objectives/a1/fr/']").get_text().endswith("conflict")
    assert written(PATH + "fr/", **{"conflict-summary": "release"}).status == 303
    with app.app_context():
        one = db.session.scalars(select(Objective).where(Objective.code == "A1")).one()
        assert one.summary["fr"].text == "Livré depuis."
    assert (
        not desk.get("/en/secretariat/texts/")("a[href$='/objectives/a1/fr/']")
        .get_text()
        .endswith("conflict")
    )
    assert not desk.get("/en/secretariat/")("a[href$='/objectives/a1/fr/']")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_legal_text_is_published_in_its_language(browser, written, lang):
    said = {"en": "Terms, as decided.", "ar": "الشروط كما تقررت."}[lang]
    assert written(f"/en/secretariat/texts/passages/terms/{lang}/", text=said).status == 303
    assert said in browser.get(f"/{lang}/terms/").text("main")


def test_a_legal_text_replaces_the_one_that_came_along_in_its_own_language_only(browser, desk, written):
    assert "No advertising." in desk.get("/en/secretariat/texts/passages/terms/en/").text("textarea")
    assert (
        desk.get("/en/secretariat/texts/")("a[href$='/passages/terms/ru/']").get_text().endswith("built-in")
    )
    assert "No advertising." in browser.get("/en/terms/").text("main")
    written("/en/secretariat/texts/passages/terms/en/", text="Terms, as decided.")
    assert "No advertising." not in browser.get("/en/terms/").text("main")
    russian = browser.get("/ru/terms/")
    assert russian("main li") and "Terms, as decided." not in russian.text("main")
    assert "своим именем" in desk.get("/en/secretariat/texts/passages/terms/ru/").text("textarea")


@pytest.mark.parametrize("name", ["terms", "privacy", "accessibility"])
def test_a_built_in_text_that_is_only_looked_at_stays_built_in(browser, desk, written, name):
    before = browser.get(f"/fr/{name}/").text("main")
    assert written(f"/en/secretariat/texts/passages/{name}/fr/").status == 303
    assert browser.get(f"/fr/{name}/").text("main") == before
    assert (
        desk.get("/en/secretariat/texts/")(f"a[href$='/passages/{name}/fr/']").get_text().endswith("built-in")
    )
    assert "<" not in desk.get(f"/en/secretariat/texts/passages/{name}/fr/").text("textarea")


def test_an_official_text_in_one_language_is_shown_to_all_others_with_a_notice(browser, written):
    written(PATH + "fr/", official="Le texte officiel.")
    for lang in ("en", "ar", "zh"):
        page = browser.get(f"/{lang}/objectives/a1/")
        assert page("span[lang=fr][dir=ltr]").get_text() == "Le texte officiel."
        assert "Français" in page.text(".note")


def test_changing_the_english_marks_its_translations_until_they_are_checked_again(browser, desk, written):
    written(PATH + "es/", confirmed="1")
    written(PATH + "en/", summary="Said in another way.")
    state = desk.get("/en/secretariat/texts/")("a[href$='/objectives/a1/es/']").get_text()
    assert state.endswith("older than the English")
    assert "The English text has changed since" in desk.get(PATH + "es/").text("main")
    assert browser.get("/es/objectives/a1/")(".stale-mark") and not browser.get("/en/objectives/a1/")(
        ".stale-mark"
    )
    assert written(PATH + "es/", confirmed="1").status == 303
    assert not browser.get("/es/objectives/a1/")(".stale-mark")


def test_a_target_is_called_by_what_it_is(desk):
    assert "Baseline 2019" in desk.get(PATH + "en/").text("main")
    second = desk.get("/en/secretariat/texts/objectives/a2/en/").text("main")
    assert "Target 2030 · Funding mechanisms" in second and "Target 2030 · Projects" in second


def test_a_target_and_a_goal_are_edited_the_same_way(browser, written):
    form_key = "targets.t2030"
    assert written(PATH + "en/", **{form_key: "By 2030: much more."}).status == 303
    assert "By 2030: much more." in browser.get("/en/objectives/a1/").text(".tl")
    assert written("/en/secretariat/texts/goals/b/en/", summary="Goal B, said anew.").status == 303
    assert "Goal B, said anew." in browser.get("/en/").text("#goal-b")


def test_what_does_not_exist_is_not_found(desk):
    for path in (
        "objectives/z9/fr/",
        "goals/q/fr/",
        "passages/novel/fr/",
        "objectives/a1/xx/",
        "poems/a1/fr/",
    ):
        assert desk.get(f"/en/secretariat/texts/{path}").status == 404
