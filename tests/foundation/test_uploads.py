"""Uploads: a proper CSV file is read whatever its dialect, and nothing else is."""

import csv
import io
import re
import tracemalloc

import pytest
from werkzeug.datastructures import FileStorage

from permille.foundation.languages import speaking
from permille.foundation.uploads import (
    BEYOND,
    MOST_BYTES,
    MOST_ROWS,
    Refused,
    plain_cell,
    read_table,
    safe_cell,
    write_table,
)


def sent(data, name="list.csv"):
    return FileStorage(io.BytesIO(data), filename=name)


@pytest.mark.parametrize(
    "data",
    [
        b"name,country\r\nSoil Trust,KE\r\n",
        b"name;country\nSoil Trust;KE",
        "\ufeffName\tCountry\nSoil Trust\tKE\n\n".encode(),
        b'"name","country"\n"Soil Trust","KE"\n,\n',
        b"name,country,,\nSoil Trust,KE,,,,\n",
    ],
)
def test_a_file_is_read_with_any_separator_mark_and_line_end(data):
    table = read_table(sent(data))
    assert table.rows == [(2, {"name": "Soil Trust", "country": "KE"})]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;\r"])
def test_a_first_line_that_names_the_separator_is_believed(first):
    table = read_table(sent(f"{first}\nname;country\nSoil, Water, Air;KE".encode()))
    assert table.rows == [(3, {"name": "Soil, Water, Air", "country": "KE"})]


def test_a_line_with_a_cell_too_many_keeps_it_apart_and_the_others_are_read():
    table = read_table(sent(b"name,country\nSoil Trust,KE,oops\nLand Trust,UG\n"))
    assert table.rows == [
        (2, {"name": "Soil Trust", "country": "KE", BEYOND: "oops"}),
        (3, {"name": "Land Trust", "country": "UG"}),
    ]


@pytest.mark.parametrize("text", ["+Agro", "'+Agro", "''=1", "'tis", "-", "’@"])
def test_what_was_made_safe_is_read_back_as_it_was(text):
    assert read_table(sent(write_table(("name",), [(text,)]))).rows == [(2, {"name": text})]


@pytest.mark.parametrize("text", ["تربة", "土壤", "Почва", "Ñandú, S.A.", 'a "quoted" word', "two\nlines"])
def test_what_is_written_is_read_back_in_any_script(text):
    table = read_table(sent(write_table(("name",), [(text,)])))
    assert table.rows == [(2, {"name": text})]


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@cmd", "\tx", "\rx", "\uff1dx", "\uff0bx", "\uff0dx", "\uff20x"]
)
def test_no_cell_is_a_formula(start):
    assert safe_cell(start).startswith("'")
    (row,) = list(csv.reader(io.StringIO(write_table(("a",), [(start,)]).decode("utf-8-sig"), newline="")))[
        1:
    ]
    assert row[0][0] == "'"


def test_an_ordinary_cell_stays_as_it_is():
    assert safe_cell("Ministry = state") == "Ministry = state"
    assert safe_cell(None) == ""


@pytest.mark.parametrize("text", ["Ann;=cmd|' /C calc'!A0;", "first\n@SUM(1)", 'a;"=1+1"', "x;'-1", "a;b"])
def test_no_cell_begins_as_a_formula_where_a_spreadsheet_may_part_a_line(text):
    safe = safe_cell(text)
    assert not re.search("[;\n] *['\"]?[=+@-]", safe.replace(";'", "").replace("\n'", ""))
    assert plain_cell(safe) == text


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"name\nx", "list.xlsx"),
        (b"name\nx", "list.csv.exe"),
        (b"name\nx", ""),
        (b"", "list.csv"),
        (b"\n\n", "list.csv"),
        (b"PK\x03\x04\x00\x00", "list.csv"),
        (b"\x89PNG\r\n\x1a\n", "list.csv"),
        ("name\nx".encode("utf-16"), "list.csv"),
        ("name\nbø".encode("latin-1"), "list.csv"),
        (b"name,name\nx,y", "list.csv"),
        (b'name\n"open', "list.csv"),
        (b"name\n" + b"x\n" * (MOST_ROWS + 1), "list.csv"),
        (b"name\n" + b"x" * MOST_BYTES, "list.csv"),
        (b",".join(b"h%d" % n for n in range(60)) + b"\n", "list.csv"),
    ],
)
def test_everything_else_is_refused_with_a_reason_in_the_readers_language(data, name):
    with pytest.raises(Refused) as english:
        read_table(sent(data, name))
    with speaking("ar"), pytest.raises(Refused) as arabic:
        read_table(sent(data, name))
    assert str(english.value) and str(arabic.value) != str(english.value)


@pytest.mark.parametrize("bomb", [b"\n" * MOST_BYTES, b"name\n" + b"\n" * (MOST_BYTES - 5)])
def test_a_file_of_nothing_but_line_ends_is_put_down_early(bomb):
    tracemalloc.start()
    try:
        with pytest.raises(Refused):
            read_table(sent(bomb))
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()


def test_a_few_empty_lines_do_no_harm():
    assert len(read_table(sent(b"name\n" + b"x\n\n" * MOST_ROWS)).rows) == MOST_ROWS


def test_no_file_at_all_is_refused():
    with pytest.raises(Refused):
        read_table(None)


def test_controls_and_direction_marks_are_dropped():
    assert read_table(sent("name\nSoil\u202eTrust\x07".encode())).rows[0][1]["name"] == "SoilTrust"
