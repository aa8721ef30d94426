"""Nothing pending, refused, private or of the future reaches any public address.

First everything that could leak is made, with marks; then every address is visited.
"""

import io
import zipfile

import pytest

from projects.models import Claim, Project, Source, Statistic
from tests.public.addresses import addresses, is_of_private, patterns
from tests.public.portfolio import MARK, figures, settle, what_must_not_show
from tests.public.reading import read

pytestmark = pytest.mark.django_db

QUESTIONS = [
    "",
    "?asof=2026-03-02&known=2026-03-02",
    f"?q={MARK}&from=2024-10-17&to=2026-03-02",
    "?source=unseen-paper&kind=energy&stage=completed",
]


@pytest.fixture
def marks(made) -> list[str]:
    figures(made)
    return what_must_not_show(made)


def text_of(answer) -> str:
    """What an answer says: its headers and its body, a workbook unpacked."""
    body = answer.getvalue() if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as workbook:
            body = b"\n".join(workbook.read(name) for name in workbook.namelist())
    return f"{answer.headers} {body.decode(errors='replace')}"


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_hidden_is_on_any_public_address(client, marks, question):
    """But for what was asked, which an answer may repeat."""
    for address in addresses():
        answer = client.get(address + question)
        assert answer.status_code == (404 if is_of_private(address) else 200), address
        said, asked = text_of(answer), (address + question).casefold()
        assert [mark for mark in marks if mark in said and mark.casefold() not in asked] == [], address


@pytest.mark.parametrize(
    "question", ["?q=" + MARK, "?q=Leaked", "?q=QJ-0007", "?kind=energy", "?record_type=facility"]
)
def test_no_search_or_filter_finds_it_and_no_suggestion_names_it(client, marks, question):
    page = read(client, "/projects/" + question)
    assert page.codes == [] and "hidden-project" not in page.html


def test_every_count_leaves_it_out(client, marks, made):
    assert len(read(client, "/projects/?counted=all").codes) == 6
    by_title = {cells[0]: cells[3:] for cells in read(client, "/sources/").rows()}
    assert by_title == {"日报某版": ["5", "12", "5"], "区公示": ["5", "5", "1"]}
    assert client.get("/data/statistics.json").json()["count"] == 5


def test_a_question_for_a_private_document_is_like_one_for_none(client, marks):
    for door in ("/projects/", "/data/projects.json", "/data/projects.csv"):
        private, none = (
            client.get(door, {"source": code}).content for code in ("unseen-paper", "nowhere-paper")
        )
        assert private.replace(b"unseen-paper", b"nowhere-paper") == none


def test_a_private_whole_is_not_named_on_the_page_of_its_public_part(client, marks, made):
    assert made.road.parent is not None
    assert "Whole and parts" not in read(client, "/en/projects/road/").main
    rows = client.get("/data/projects.json").json()["projects"]
    assert {row["parent"] for row in rows if row["slug"] == "road"} == {None}


def test_what_a_private_document_said_is_not_named_by_its_correction_either(client, marks):
    page = read(client, "/en/projects/plant/")
    assert "公开的更正" in page.main and "a correction" not in page.main


def test_control_everything_that_could_leak_is_there(marks):
    hidden = {"unseen-private", "unseen-pending", "unseen-refused", "unseen-source", "unseen-future"}
    assert hidden <= set(Claim.objects.values_list("ref", flat=True))
    assert Statistic.objects.filter(ref__startswith="unseen").count() == 3
    assert (
        Project.objects.filter(is_public=False).count() == Source.objects.filter(is_public=False).count() == 1
    )


def test_control_what_is_made_public_is_found(client, marks):
    """The visit finds each mark once nothing hides it any more."""
    for one in [*Project.objects.filter(is_public=False), *Source.objects.filter(is_public=False)]:
        one.is_public = True
        one.save()
    settle()
    said = "".join(text_of(client.get(address)) for address in addresses())
    assert [mark for mark in marks if mark not in said] == []


def test_control_every_public_address_is_visited(marks):
    names = {pattern.name for pattern in patterns()}
    assert {"home", "project_list", "project_page", "source_page", "projects_json", "claims_csv"} <= names
    assert "/en/projects/hidden-project/" in set(addresses())
