"""One line an organisation that has a part in a project: what JSON has within the project."""

import pytest

from tests import cast
from tests.opendata.tables import table
from tests.public.portfolio import what_must_not_show

pytestmark = pytest.mark.django_db

PATH = "/data/parties.csv"


def test_line_by_line_it_is_what_the_json_holds(client, made):
    cast.party(made.road, organisation=cast.organisation("road", name="某公路公司"), role="owner")
    projects = client.get("/data/projects.json").json()["projects"]
    told = [{"project": project["code"], **one} for project in projects for one in project["parties"]]
    wanted = [{name: text or "" for name, text in one.items()} for one in told]
    assert table(client, PATH) == wanted and len(wanted) == 2


def test_each_says_in_which_document_it_stands_unless_that_is_hidden(client, made):
    said = {"source": made.paper, "section": made.first, "paragraph": 2, "sentence": 1}
    for number, more in enumerate((said, {}, {"source": cast.source("zzhidden", is_public=False)})):
        cast.party(made.road, organisation=cast.organisation(f"o{number}", name=f"{number}公司"), **more)
    told = {row["organisation"]: (row["source"], row["place"]) for row in table(client, PATH, q="綦万")}
    assert told == {"0公司": ("paper", "1 ¶2 s1"), "1公司": ("", ""), "2公司": ("", "")}


def test_of_a_list_that_was_filtered(client, made):
    assert table(client, PATH, kind="transport") == []


def test_nothing_hidden_is_in_it(client, made):
    marks = what_must_not_show(made)
    text = client.get(PATH).content.decode()
    assert [mark for mark in marks if mark in text] == []
