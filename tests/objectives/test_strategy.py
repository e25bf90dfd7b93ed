"""The strategy: complete in six languages, loaded without surprises, never overwriting what was edited."""

import shutil

import pytest
from sqlalchemy import select

from permille.foundation import paths
from permille.foundation.database import db
from permille.foundation.languages import LANGUAGES
from permille.foundation.multilingual import Status
from permille.objectives.loading import load_strategy
from permille.objectives.models import Goal, Objective
from permille.objectives.reading import BadStrategy, read_strategy


def test_all_six_goals_and_24_objectives_are_there_in_every_language():
    strategy = read_strategy()
    assert strategy.goals == tuple("ABCDEF")
    assert [one.code for one in strategy.objectives] == (
        [
            "A1",
            "A2",
            "A3",
            "A4",
            "A5",
            "A6",
            "B1",
            "B2",
            "B3",
            "B4",
            "C1",
            "C2",
            "C3",
            "C4",
            "D1",
            "D2",
            "D3",
            "D4",
            "E1",
            "E2",
            "E3",
            "F1",
            "F2",
            "F3",
        ]
    )
    assert set(strategy.texts) == set(LANGUAGES)
    assert len({frozenset(texts) for texts in strategy.texts.values()}) == 1


@pytest.mark.parametrize(
    ("path", "figures"),
    [
        ("objectives.A1.targets.baseline", ["28", "196", "2019"]),
        ("objectives.F2.targets.baseline_budget", ["961", "721", "450"]),
        ("objectives.C3.targets.t2030", ["80", "2021", "GIZ"]),
        ("objectives.D4.targets.t2030", ["50"]),
        ("objectives.C1.targets.t2050", ["50"]),
        ("objectives.F1.targets.t2030", ["20"]),
    ],
)
def test_no_language_loses_a_figure(path, figures):
    for lang, texts in read_strategy().texts.items():
        for figure in figures:
            alternative = {"961": "96.1", "721": "72.1", "450": "45"}.get(figure, figure)
            assert figure in texts[path] or alternative in texts[path], f"{lang}: {path} lost {figure}"


def test_loading_twice_changes_nothing(app):
    with app.app_context():
        assert load_strategy(db.session, read_strategy()) == []


def test_what_was_edited_on_the_desk_is_kept_and_listed(app, tmp_path):
    folder = tmp_path / "strategy"
    shutil.copytree(paths.STRATEGY, folder)
    with app.app_context():
        goal = db.session.scalars(select(Goal).where(Goal.code == "B")).one()
        goal.summary = goal.summary.edited("fr", "Des conditions qui portent", Status.CONFIRMED)
        db.session.commit()
        file = folder / "fr.toml"
        old = read_strategy().texts["fr"]["goals.B.summary"]
        file.write_text(file.read_text("utf-8").replace(old, "Autre chose"), "utf-8")

        changes = load_strategy(db.session, read_strategy(folder))

        assert [(one.path, one.lang, one.is_conflict) for one in changes] == [("goals.B.summary", "fr", True)]
        assert goal.summary.text_in("fr") == "Des conditions qui portent"


def test_a_changed_file_says_exactly_what_it_changes(app, tmp_path):
    folder = tmp_path / "strategy"
    shutil.copytree(paths.STRATEGY, folder)
    file = folder / "en.toml"
    file.write_text(file.read_text("utf-8").replace('label = "NDCs"', 'label = "Climate pledges"'), "utf-8")
    with app.app_context():
        changes = load_strategy(db.session, read_strategy(folder))
        assert [str(one) for one in changes] == ["change: objectives.A1.label [en]"]


@pytest.mark.parametrize(
    ("find", "put", "key"),
    [
        ('label = "NDCs"', 'lable = "NDCs"', "objectives.A1.lable: unknown key"),
        ('label = "NDCs"', 'label = ""', "objectives.A1.label: must be a text"),
        ('label = "NDCs"', "", "objectives.A1.label: missing"),
        ('label = "NDCs"', "label = ", "en.toml"),
    ],
)
def test_a_broken_file_is_refused_with_its_key(tmp_path, find, put, key):
    folder = tmp_path / "strategy"
    shutil.copytree(paths.STRATEGY, folder)
    file = folder / "en.toml"
    file.write_text(file.read_text("utf-8").replace(find, put, 1), "utf-8")

    with pytest.raises(BadStrategy) as refused:
        read_strategy(folder)

    assert any(key in problem for problem in refused.value.problems)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_objective_has_a_page_in_every_language(browser, lang):
    for code in ("a1", "b3", "f3"):
        page = browser.get(f"/{lang}/objectives/{code}/")
        assert page.status == 200
        assert code.upper() in page.text("h1")
        assert page.text(".tl").count("2030") >= 1


def test_a_draft_translation_says_so_and_a_confirmed_one_does_not(app, browser):
    assert browser.get("/fr/objectives/a1/")(".draft-mark")
    assert not browser.get("/en/objectives/a1/")(".draft-mark")
    with app.app_context():
        objective = db.session.scalars(select(Objective).where(Objective.code == "A1")).one()
        objective.summary = objective.summary.confirmed("fr")
        for target in objective.targets:
            target.text = target.text.confirmed("fr")
        db.session.commit()
    assert not browser.get("/fr/objectives/a1/")("main section .draft-mark")


def test_a_missing_translation_shows_the_english_with_its_language_and_a_notice(app, browser):
    with app.app_context():
        objective = db.session.scalars(select(Objective).where(Objective.code == "A1")).one()
        objective.summary = objective.summary.edited("ar", "", Status.DRAFT)
        db.session.commit()
    page = browser.get("/ar/objectives/a1/")
    shown = page('main span[lang="en"][dir="ltr"]')
    assert shown is not None and "climate convention" in shown.get_text()
    assert page(".note")


def test_a_syntax_error_is_the_only_thing_said_of_its_file(tmp_path):
    folder = tmp_path / "strategy"
    shutil.copytree(paths.STRATEGY, folder)
    for name in ("en.toml", "outline.toml"):
        (folder / name).write_text("label = ", "utf-8")
        with pytest.raises(BadStrategy) as refused:
            read_strategy(folder)
        assert len(refused.value.problems) == 1 and name in refused.value.problems[0]


def test_a_new_english_from_a_release_leaves_translations_marked_that_did_not_follow(app, tmp_path):
    folder = tmp_path / "strategy"
    shutil.copytree(paths.STRATEGY, folder)
    old = read_strategy().texts["fr"]["objectives.A1.label"]
    for lang, before, after in (
        ("en", 'label = "NDCs"', 'label = "Pledges"'),
        ("fr", f'"{old}"', '"Promesses"'),
    ):
        file = folder / f"{lang}.toml"
        file.write_text(file.read_text("utf-8").replace(before, after, 1), "utf-8")
    with app.app_context():
        changes = load_strategy(db.session, read_strategy(folder))
        label = db.session.scalars(select(Objective).where(Objective.code == "A1")).one().label
        assert label["fr"].status is Status.DRAFT and label["es"].status is Status.STALE
        assert {lang for one in changes for lang in one.stale} == {"ar", "es", "ru", "zh"}
        assert load_strategy(db.session, read_strategy(folder)) == []
