"""All data as one zip: the single files, as they are, and what they mean."""

import io
import zipfile

import pytest
from django.test import Client

from projects.opendata.export_files import FILES
from projects.opendata.export_formats import csv_file
from projects.opendata.record_zip import zipped
from tests.opendata.test_streaming import MOST, peak, rows
from tests.public.portfolio import figures, what_must_not_show
from tracker.bodies import MAX_EXPORTS

PATH = "/data/record.zip"
DAYS = {"asof": "2024-12-31", "known": "2025-03-01"}


def opened(client, **query) -> dict[str, bytes]:
    answer = client.get(PATH, query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert answer["Content-Disposition"] == 'attachment; filename="record.zip"'
    made = zipfile.ZipFile(io.BytesIO(answer.content))
    assert made.testzip() is None
    return {name: made.read(name) for name in made.namelist()}


@pytest.mark.django_db
@pytest.mark.every_engine
@pytest.mark.parametrize("query", [{}, DAYS])
def test_it_holds_every_file_as_it_is_alone(client, made, query):
    figures(made)
    files = opened(client, **query)
    assert files.pop("README.txt")
    single = {f"{name}.{one}" for name, file in FILES.items() for one in file.formats if one != "xlsx"}
    assert set(files) == single | {"words.csv"}
    for name, content in files.items():
        assert content == client.get(f"/data/{name}", query).content, name


@pytest.mark.django_db
def test_the_readme_says_in_both_languages_what_lies_there_and_under_which_licence(client, made, settings):
    settings.LICENCE = "CC BY 4.0"
    text = opened(client, **DAYS)["README.txt"].decode()
    assert text.count("CC BY 4.0") == 2 and text.count("2024-12-31") == 2
    assert "One line per statement of a source" in text and "许可：CC BY 4.0" in text
    assert all(text.count(f"{name}.") >= 2 for name in FILES)


@pytest.mark.django_db
def test_nothing_hidden_is_in_it(client, made):
    marks = what_must_not_show(made)
    text = b"".join(opened(client).values()).decode()
    assert "o-works" in text and [mark for mark in marks if mark in text] == []


@pytest.mark.django_db
def test_whoever_stops_reading_leaves_nothing_open(client, made):
    for _ in range(MAX_EXPORTS + 1):
        answer = Client().get(PATH)
        assert answer.status_code == 200 and next(iter(answer.streaming_content))
        answer.close()
    assert opened(client)


def record(count: int):
    return zipped(
        [("a.csv", csv_file("milestones", rows(count))), ("b.csv", csv_file("milestones", rows(9)))]
    )


def test_memory_does_not_grow_with_the_record():
    assert peak(lambda: record(7000)) < MOST / 3


def test_control_what_is_made_whole_is_found():
    assert peak(lambda: [b"".join(record(7000))]) > MOST / 3
