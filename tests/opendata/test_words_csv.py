"""The second file of words: every column and every code, in Chinese and in English."""

import pytest

from projects.choices import Stage
from projects.opendata.export_files import FILES
from tests.opendata.tables import table
from tests.public.reading import zh

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(client) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["list"], row["code"]): row for row in table(client, "/data/words.csv")}


def test_every_column_with_all_that_is_known_of_it(words):
    wanted = {(file.name, one.code) for file in FILES.values() for one in file.explained}
    assert wanted <= words.keys()
    total = words["projects", "total_investment"]
    assert (total["name"], total["name_en"]) == ("总投资", "Total investment")
    assert (total["unit"], total["unit_en"], total["type"]) == ("元", "yuan", "yuan")
    assert "投资总额" in total["synonyms"].split("; ") and total["topic"] == "total_investment"


def test_every_code_of_every_column(words):
    stages = {code: row for (listed, code), row in words.items() if listed == "stage"}
    assert list(stages) == Stage.values
    assert (stages["building"]["name"], stages["building"]["name_en"]) == ("在建", "under construction")
    listed = {listed for listed, _ in words}
    assert {row["codes"] for row in words.values()} - {""} <= listed


def test_a_name_is_never_without_its_chinese(words):
    assert [key for key, row in words.items() if row["name"] == row["name_en"]] == []
    assert words["claims", "place"]["name"] == zh("place in the source")
