"""A title that is applied for is 申报中 until it is granted: no file calls it completed, in any language."""

import csv
import io
from zipfile import ZipFile

import pytest

from projects.choices import Topic
from projects.core import fuzzy_dates
from projects.models import Project
from tests import cast
from tests.opendata.tables import code_rows, table
from tests.public.portfolio import settle

pytestmark = pytest.mark.django_db

STAGES = {
    "granted": ("completed", "", "已获批", "granted"),
    "wanted": ("preparing", "", "申报中", "being applied for"),
    "nearly": ("completed", "nearly", "申报中", "being applied for"),
}
STAGE, STEP = ([f"{name}{words}" for words in ("", "_name", "_name_en")] for name in ("stage", "milestone"))
EVENTS = {"from": "2022-12-31", "to": "2026-03-02"}


@pytest.fixture
def bids(made) -> dict[str, Project]:
    """Beside them a base that is completed, of which a file says so."""
    found = {slug: cast.project(f"{slug}创建", slug=slug, kind="urban", record_type="bid") for slug in STAGES}
    for slug, (stage, qualifier, *_words) in STAGES.items():
        read_as = {"qualifier": qualifier, "basis": "inferred", "note": "读作如此", "source": made.paper}
        cast.published(found[slug], Topic.STAGE, stage, **read_as)
    cast.published(made.centre, Topic.STAGE, "completed", source=made.notice)
    for of in (found["granted"], made.centre):
        said = {"measure": "completed", "source": made.paper}
        cast.published(of, Topic.PROMISED, fuzzy_dates.parse("2024"), as_of="2023-01", **said)
        cast.published(of, Topic.ACTUAL, fuzzy_dates.parse("2024-06"), as_of="2024-06", **said)
    settle()
    return found


def of(row: dict[str, str], names: list[str]) -> tuple[str, ...]:
    return tuple(row[name] for name in names)


def by_slug(client, **query) -> dict[str, dict]:
    return {row["slug"]: row for row in client.get("/data/projects.json", query).json()["projects"]}


@pytest.mark.every_engine
@pytest.mark.parametrize("days", [{}, {"asof": "2025-06-01", "known": "2025-06-01"}])
def test_beside_the_code_of_its_stage_stand_its_own_words(client, bids, days):
    rows = by_slug(client, **days)
    for slug, (stage, _qualifier, *words) in STAGES.items():
        assert of(rows[slug], STAGE) == (stage, *words)
    assert of(rows["centre"], STAGE) == ("completed", "竣工", "completed"), "the control: it is no title"


def test_of_a_title_of_which_no_stage_is_known_nothing_is_said(client, made):
    unknown = cast.project(slug="unknown", record_type="bid")
    cast.published(unknown, Topic.WORKS, "正在准备材料", source=made.paper)
    settle()
    assert of(by_slug(client)["unknown"], STAGE) == (None, None, None)


def test_a_milestone_is_its_grant(client, bids, made):
    rows = by_slug(client)
    for slug, words in (("granted", ("获批", "grant of the title")), ("centre", ("竣工", "completion"))):
        (step,) = rows[slug]["milestones"]
        assert of(step, STEP) == ("completed", *words)
    assert client.get("/projects/granted/project.json").json()["project"] == (
        rows["granted"] | {"claims": client.get("/projects/granted/project.json").json()["project"]["claims"]}
    )


@pytest.mark.every_engine
def test_every_file_says_so(client, bids, made):
    code = bids["granted"].code
    steps = [row for row in table(client, "/data/milestones.csv") if row["project"] == code]
    assert [of(row, STEP) for row in steps] == [("completed", "获批", "grant of the title")]
    listed = {row["slug"]: row for row in table(client, "/data/projects.csv")}
    sheet = {row["slug"]: row for row in code_rows(client, "/en/data/projects.xlsx", "projects")}
    for rows in (listed, sheet):
        assert of(rows["granted"], STAGE) == ("completed", "已获批", "granted")
    packed = ZipFile(io.BytesIO(client.get("/data/record.zip").getvalue()))
    rows = csv.DictReader(io.StringIO(packed.read("projects.csv").decode("utf-8-sig")))
    assert of(next(row for row in rows if row["slug"] == "granted"), STAGE) == of(listed["granted"], STAGE)


@pytest.mark.every_engine
@pytest.mark.parametrize(
    ("language", "grant", "works"),
    [("", ("获批", "获批"), ("竣工", "竣工")), ("/en", ("Title granted", "Grant of the title"), ())],
)
def test_a_sheet_that_has_words_in_place_of_codes_says_them_too(client, bids, made, language, grant, works):
    codes = {bids["granted"].code: grant, made.centre.code: works or ("Completed", "Completion")}
    promises = code_rows(client, f"{language}/data/promises.xlsx", "promises")
    query = "&".join(f"{name}={day}" for name, day in EVENTS.items())
    events = code_rows(client, f"{language}/data/comparison.xlsx?{query}&what=completed", "comparison")
    for code, words in codes.items():
        assert [row["milestone"] for row in promises if row["project"] == code] == [words[1]]
        assert [of(row, ["kind", "milestone"]) for row in events if row["project"] == code] == [words]


def test_codes_stay_codes(client, bids):
    code = bids["granted"].code
    (promise,) = [row for row in table(client, "/data/promises.csv") if row["project"] == code]
    assert promise["milestone"] == "completed"
    (event,) = table(client, "/data/comparison.csv", **EVENTS, what="completed")[:1]
    assert of(event, ["kind", "milestone"]) == ("completed", "completed")
