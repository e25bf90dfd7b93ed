"""The `permille` command, as somebody types it."""

import subprocess
import sys
import zipfile

import pytest
from sqlalchemy import func, inspect, select

from permille.cli.demonstration import load_demonstration, remove_demonstration
from permille.consultations.models import Body
from permille.foundation import paths
from permille.foundation.database import db
from permille.foundation.site import read_site
from permille.migrations import running
from permille.people.models import Organisation, Person
from permille.regions import models as region_models
from tests.architecture.sources import ROOT


def test_a_production_start_refuses_demonstration_accounts(typed):
    refused = typed("serve")
    assert refused.exit_code == 1
    assert "demonstration" in refused.output.lower()


def test_the_demonstration_can_be_removed_and_loaded_again(app):
    with app.app_context():
        assert load_demonstration(db.session) is False
        remove_demonstration(db.session)
        db.session.commit()
        assert db.session.scalar(select(func.count(Person.id))) == 0
        assert db.session.scalar(select(func.count(Organisation.id))) == 0
        assert db.session.scalar(select(func.count(Body.id))) == 0
        assert not read_site(db.session).is_demonstration
        assert load_demonstration(db.session) is True
        db.session.commit()


def test_the_first_secretary_gets_a_link_that_sets_a_password(typed, browser, mails):
    said = typed("people", "add", "Head@Secretariat.example", "--role", "secretary")
    assert said.exit_code == 0, said.output
    address = said.output.strip().splitlines()[-1]
    assert mails()[-1]["to"] == "head@secretariat.example" and address in mails()[-1]["body"]
    path = address.partition("8000")[2]
    assert browser.get(path).status == 303
    assert browser.get("/en/password/new/")("input[type=password]")


def test_a_broken_strategy_file_changes_nothing_and_names_its_key(typed, tmp_path):
    import shutil

    folder = tmp_path / "strategy"
    shutil.copytree(paths.STRATEGY, folder)
    file = folder / "fr.toml"
    file.write_text(file.read_text("utf-8").replace("\nlabel = ", "\nlabell = ", 1), "utf-8")
    refused = typed("strategy", "load", "--from", str(folder))
    assert refused.exit_code == 1
    assert "objectives.A1.labell: unknown key" in refused.output


def test_official_texts_are_loaded_from_a_file_and_shown_first(typed, browser, tmp_path):
    file = tmp_path / "official.toml"
    file.write_text('[A1]\nen = "The wording as adopted."\nar = "النص كما اعتُمد."\n', "utf-8")
    assert "2 texts would change" in typed("strategy", "official", str(file), "--dry-run").output
    assert "as adopted" not in browser.get("/en/objectives/a1/").text("main")
    assert "2 texts changed" in typed("strategy", "official", str(file)).output
    assert "0 texts changed" in typed("strategy", "official", str(file)).output
    assert "The wording as adopted." in browser.get("/en/objectives/a1/").text("main")
    assert "النص كما اعتُمد." in browser.get("/ar/objectives/a1/").text("main")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[A1]\nxx = "?"', "A1.xx: unknown language"),
        ('[A1]\nfr = ""', "A1.fr: must be a text"),
        ('[Z9]\nfr = "?"', "Z9: there is no such objective"),
        ('A1 = "?"', "A1: must be a table"),
        ("[A1", "Expected"),
    ],
)
def test_a_broken_file_of_official_texts_changes_nothing_and_names_its_key(typed, tmp_path, text, problem):
    file = tmp_path / "official.toml"
    file.write_text(text, "utf-8")
    refused = typed("strategy", "official", str(file))
    assert refused.exit_code == 1
    assert "nothing was changed" in refused.output and problem in refused.output


def test_regions_are_listed_checked_and_added(typed, tmp_path, monkeypatch):
    assert "africa" in typed("regions", "list").output
    assert typed("regions", "check").exit_code == 0
    monkeypatch.setattr(paths, "REGIONS", tmp_path / "regions")
    region_models.all_regions.cache_clear()
    try:
        assert typed("regions", "add", "near-east", "--name", "Near East", "--countries", "AQ").exit_code == 0
        region_models.all_regions.cache_clear()
        assert list(region_models.all_regions()) == ["near-east"]
        unfinished = typed("regions", "check")
        assert unfinished.exit_code == 1 and "rule says nothing yet" in unfinished.output
        assert "introduction is not translated into ar, zh, fr, ru, es" in unfinished.output
        for slug in ("../outside", "Near", "near east", "search", ""):
            assert typed("regions", "add", slug, "--name", "X").exit_code == 1, slug
        assert typed("regions", "add", "near-east", "--name", "X").exit_code == 1
        for codes in ("ZZ", "KE XX", "ke"):
            refused = typed("regions", "add", "far-east", "--name", "X", "--countries", codes)
            assert refused.exit_code == 1 and codes[-2:] in refused.output
        assert not (tmp_path / "regions/far-east").exists()
    finally:
        monkeypatch.undo()
        region_models.all_regions.cache_clear()


def test_migrations_lead_down_to_nothing_and_up_again(app):
    with app.app_context():
        db.session.remove()
        running.downgrade(db.engine, "base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        running.upgrade(db.engine)
        assert running.is_at_head(db.engine)


def test_the_tables_are_what_the_models_say(app):
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from permille.foundation.database import Base

    def ours(_object, name, kind, _reflected, _other):
        return not (kind == "table" and name.startswith("search_index"))

    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, Base.metadata) == []


def test_the_wheel_holds_everything_and_runs_in_a_foreign_folder(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    shipped = tmp_path / "installed" / "permille" / "_data"
    assert (shipped / "translations" / "ar").is_dir()
    assert (shipped / "templates" / "documents" / "record.typ").is_file()
    script = (
        "import permille, platform; from permille.cli import main; assert 'installed' in permille.__file__; "
        "assert platform.system(); main(['db', 'upgrade'], standalone_mode=False); "
        "main(['strategy', 'load'], standalone_mode=False)"
    )
    environment = {
        "PYTHONPATH": str(tmp_path / "installed"),
        "PERMILLE_INSTANCE": str(tmp_path / "i"),
        "PATH": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "0 conflicts" in done.stdout
