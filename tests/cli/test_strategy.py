"""`permille strategy`, as somebody types it."""

import shutil

from sqlalchemy import select

from permille.foundation import paths
from permille.foundation.database import db
from permille.foundation.multilingual import Status
from permille.objectives.models import Objective


def test_a_dry_run_says_old_and_new_and_which_languages_are_absent(typed, tmp_path):
    folder = tmp_path / "strategy"
    shutil.copytree(paths.STRATEGY, folder)
    (folder / "ar.toml").unlink()
    file = folder / "en.toml"
    file.write_text(file.read_text("utf-8").replace('label = "NDCs"', 'label = "Climate pledges"'), "utf-8")
    said = typed("strategy", "load", "--from", str(folder), "--dry-run").output
    assert "no file for: ar" in said and "- NDCs" in said and "+ Climate pledges" in said
    assert "1 texts and facts would change, 0 conflicts" in said


def test_an_official_text_written_on_the_desk_is_replaced_only_when_told(app, typed, tmp_path):
    file = tmp_path / "official.toml"
    file.write_text('[A1]\nen = "From the file."\n', "utf-8")
    typed("strategy", "official", str(file))

    def now_says():
        with app.app_context():
            return (
                db.session.scalars(select(Objective).where(Objective.code == "A1"))
                .one()
                .official.text_in("en")
            )

    assert now_says() == "From the file."
    with app.app_context():
        one = db.session.scalars(select(Objective).where(Objective.code == "A1")).one()
        one.official = one.official.edited("en", "From the desk.", Status.ORIGINAL)
        db.session.commit()
    file.write_text('[A1]\nen = "From a newer file."\n', "utf-8")
    assert "conflict" in typed("strategy", "official", str(file)).output and now_says() == "From the desk."
    typed("strategy", "official", str(file), "--over-edits")
    assert now_says() == "From a newer file."
