"""Search finds the same on both engines, in six languages, whatever is typed."""

import pytest

from permille.foundation import search
from permille.foundation.database import db

TEXTS = {
    1: {"ar": "صحة التربة والكربون العضوي"},
    2: {"zh": "土壤健康与碳固存"},
    3: {"fr": "Santé des sols et séquestration"},
    4: {"ru": "Здоровье почв, учёт углерода"},
    5: {"es": "Salud del suelo, organización"},
    6: {"en": "Healthy soils, farmers' organisations"},
}


@pytest.mark.parametrize(
    ("query", "lang", "found"),
    [
        ("تربة", "ar", {1}),
        ("التُّربَة", "ar", {1}),
        ("كربون", "ar", {1}),
        ("土壤", "zh", {2}),
        ("碳", "zh", {2}),
        ("sante", "fr", {3}),
        ("SANTÉ", "en", {3}),
        ("учет", "ru", {4}),
        ("почва", "ru", {4}),
        ("organizacion", "es", {5}),
        ("farmer", "en", {6}),
        ("soil", "en", {6}),
        ("'\"; drop & | ! ( *", "en", set()),
        ("", "en", set()),
    ],
)
def test_what_is_found(app, query, lang, found):
    with app.app_context():
        for row_id, versions in TEXTS.items():
            search.put(db.session, "test", row_id, versions)
        assert set(search.find(db.session, "test", query, lang, 20)) == found
