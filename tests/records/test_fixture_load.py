"""Loading fixtures: all or nothing, twice is once, nothing that is there is overwritten.

The folder is the tests' own, one row or two a file; the real one is read by `tests/house`.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import Model

from projects.audit import log
from projects.audit.data_version import current_version
from projects.models import AuditEntry, Claim, DataVersion, Place, Project, SourceSection, Standing, Statistic
from projects.records import fixture_load
from tests.cast import AT

pytestmark = pytest.mark.django_db

Rows = dict[str, list[dict]]
MODELS = {
    "departments": "department",
    "sources": "source",
    "sections": "sourcesection",
    "places": "place",
    "organisations": "organisation",
    "indicators": "indicator",
    "projects": "project",
    "aliases": "alias",
    "parties": "projectparty",
    "place_sources": "placesource",
    "neighbours": "neighbour",
    "claims": "claim",
    "statistics": "statistic",
}
SAID = {"source": ["paper"], "section": ["paper", "A1"], "paragraph": 2, "as_of": "2024-10-17"}
SAID |= {"known_on": "2024-10-17", "basis": "stated", "origin": "fixture"}
SAID |= {"entered_at": "2026-01-05T00:00:00+08:00", "approved_at": "2026-01-05T00:00:00+08:00"}
GOOD: Rows = {
    "departments": [{"code": "fagai", "name": "发展改革委", "name_en": "Reform Commission"}],
    "sources": [
        {
            "code": "paper",
            "kind": "newspaper",
            "title": "某版",
            "title_en": "A page",
            "published": "2024-10-17",
        },
        {"code": "other", "kind": "notice", "title": "公告", "title_en": "A notice", "published": "2024-11"},
    ],
    "sections": [
        {
            "source": ["paper"],
            "position": 1,
            "number": "A1",
            "title": "一",
            "title_en": "One",
            "paragraphs": 3,
        },
        {
            "source": ["other"],
            "position": 1,
            "number": "A1",
            "title": "一",
            "title_en": "One",
            "paragraphs": 9,
        },
    ],
    "places": [{"code": "park", "name": "园区", "name_en": "Park", "kind": "park", "parent": None}],
    "organisations": [{"code": "firm", "name": "某公司", "name_en": "A firm", "aliases": ["公司"]}],
    "indicators": [{"code": "water", "name": "供水", "name_en": "Water", "group": "energy_water"}],
    "projects": [
        {
            "code": "QJ-0001",
            "slug": "works",
            "name": "水厂",
            "name_en": "Waterworks",
            "kind": "water",
            "record_type": "project",
            "place": ["park"],
            "department": ["fagai"],
        },
        {
            "code": "QJ-0002",
            "slug": "phase",
            "name": "水厂一期",
            "name_en": "Waterworks, phase one",
            "kind": "water",
            "record_type": "project",
            "parent": ["QJ-0001"],
        },
    ],
    "aliases": [
        {
            "project": ["QJ-0001"],
            "name": "自来水厂",
            "kind": "other_name",
            "source": ["paper"],
            "section": ["paper", "A1"],
            "paragraph": 1,
        }
    ],
    "parties": [{"project": ["QJ-0001"], "organisation": ["firm"], "role": "builder"}],
    "place_sources": [{"project": ["QJ-0001"], "place": ["park"], "note": "门牌"}],
    "neighbours": [
        {"project": ["QJ-0002"], "neighbour": ["QJ-0001"], "nearness": "same_site", "note": "一期"}
    ],
    "claims": [
        SAID | {"ref": "c1", "project": ["QJ-0001"], "topic": "stage", "value_code": "building"},
        SAID
        | {
            "ref": "c2",
            "project": ["QJ-0001"],
            "topic": "total_investment",
            "value_yuan": 150000000,
            "unit": "yi",
            "decimals": 2,
        },
        SAID
        | {
            "ref": "c3",
            "project": ["QJ-0001"],
            "topic": "capacity",
            "measure": "water",
            "value_number": "12.50",
            "unit": "万吨",
            "decimals": 2,
        },
        SAID
        | {
            "ref": "c4",
            "project": ["QJ-0001"],
            "topic": "promised",
            "measure": "completed",
            "value_date": "2025-33~",
        },
        SAID
        | {
            "ref": "c5",
            "project": ["QJ-0001"],
            "topic": "promised",
            "measure": "completed",
            "value_date": "2025-06",
            "corrects": ["c4"],
            "known_on": "2024-11-30",
        },
        SAID
        | {
            "ref": "c6",
            "project": ["QJ-0002"],
            "topic": "actual",
            "measure": "started",
            "value_date": "2024-06",
            "as_of": "2024-06",
            "basis": "inferred",
            "note": "按上下文。",
        },
    ],
    "statistics": [
        SAID | {"ref": "s1", "subject": ["water"], "value_number": "166", "unit": "个", "period": "2024"}
    ],
}
COUNT = sum(map(len, GOOD.values()))


@pytest.fixture
def folder(tmp_path) -> Path:
    return written(tmp_path, GOOD)


def written(folder: Path, rows: Rows) -> Path:
    for name, entries in rows.items():
        text = [{"model": f"projects.{MODELS[name]}", "fields": fields} for fields in entries]
        (folder / f"{name}.json").write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")
    return folder


def contents() -> dict[str, list]:
    """Every table of ours, whole."""
    models = apps.get_app_config("projects").get_models()
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


def names() -> list[str]:
    return [f"projects.{model}" for model in MODELS.values()]


# Loading


def test_a_load_inserts_rebuilds_indexes_audits_and_raises_the_version(folder):
    loaded = fixture_load.load(folder, at=AT)
    assert (loaded.inserted, loaded.unchanged, loaded.differing) == (COUNT, 0, [])
    assert loaded.rebuilt == ["QJ-0001", "QJ-0002"]
    row = Standing.objects.today().get(project__code="QJ-0001")
    assert (row.stage, row.total_investment) == ("building", 150_000_000)
    assert "自来水厂" in Project.objects.get(code="QJ-0001").search_text.text
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by, entry.at) == ("fixtures.load", None, AT)
    assert entry.after["files"] == fixture_load.digests(folder) and entry.after["inserted"] == COUNT
    assert current_version() == 1
    assert fixture_load.is_loaded(folder)


def test_what_is_loaded_reads_as_it_was_written(folder):
    fixture_load.load(folder, at=AT)
    claim = Claim.objects.get(ref="c4")
    assert (claim.value_date, str(claim.value_date_earliest), str(claim.value_date_latest)) == (
        "2025-33~",
        "2025-01-01",
        "2025-03-31",
    )
    assert (claim.entered_by, claim.approved_by, claim.origin) == (None, None, "fixture")
    assert claim.approved_at.isoformat() == "2026-01-04T16:00:00+00:00"
    assert Claim.objects.get(ref="c5").corrects == claim


def test_a_second_load_changes_nothing_but_the_ledger(folder):
    fixture_load.load(folder, at=AT)
    before = contents()
    loaded = fixture_load.load(folder, at=AT)
    assert (loaded.inserted, loaded.unchanged, loaded.differing, loaded.rebuilt) == (0, COUNT, [], [])
    after = contents()
    ledger = ("AuditEntry", "DataVersion")
    assert {name: after[name] for name in after if name not in ledger} == {
        name: before[name] for name in before if name not in ledger
    }


def test_the_command_loads_once_until_a_file_changes(folder, settings):
    settings.FIXTURES = folder
    assert "rows inserted" in seeded()
    before = contents()
    assert seeded() == ""
    assert contents() == before
    changed = deepcopy(GOOD)
    changed["departments"].append({"code": "jt", "name": "交通局", "name_en": "Transport"})
    written(folder, changed)
    assert seeded() == f"Fixtures: 1 rows inserted, {COUNT} unchanged, 0 differing and left as they are.\n"
    assert "0 rows inserted" in seeded("--force")


def seeded(*options: str) -> str:
    said = StringIO()
    call_command("seed", *options, stdout=said)
    return said.getvalue()


def test_a_changed_row_is_reported_and_not_overwritten(folder, settings):
    settings.FIXTURES = folder
    fixture_load.load(folder, at=AT)
    changed = deepcopy(GOOD)
    changed["projects"][0] |= {"name": "大水厂", "kind": "energy"}
    changed["claims"][1]["value_yuan"] = 1
    changed["statistics"][0]["value_number"] = "167"
    written(folder, changed)
    said = seeded()
    assert f"0 rows inserted, {COUNT - 3} unchanged, 3 differing" in said
    assert "differs: projects QJ-0001: name, kind" in said
    assert "differs: claims c2: value_yuan" in said
    assert "differs: statistics s1: value_number" in said
    assert Project.objects.get(code="QJ-0001").name == "水厂"
    assert Claim.objects.get(ref="c2").value_yuan == 150_000_000
    assert AuditEntry.objects.first().after["differing"][0] == "projects QJ-0001: name, kind"


def test_what_an_editor_changed_stays_as_the_editor_left_it(folder):
    fixture_load.load(folder, at=AT)
    project = Project.objects.get(code="QJ-0001")
    project.name_en = "Put better"
    project.save()
    assert fixture_load.load(folder, at=AT).differing == ["projects QJ-0001: name_en"]
    project.refresh_from_db()
    assert project.name_en == "Put better"


def test_loaddata_twice_changes_nothing_and_the_triggers_stand(folder):
    """Django's own loader writes every row again: an update that changes nothing passes the triggers."""
    files = [str(folder / f"{name}.json") for name in fixture_load.FILES]
    call_command("loaddata", *files, verbosity=0)
    before = contents()
    assert len(before["Claim"]) == len(GOOD["claims"])
    call_command("loaddata", *files, verbosity=0)
    assert contents() == before
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Claim.objects.filter(ref="c1").update(note="other")


def test_loaddata_of_a_changed_published_claim_is_refused(folder):
    """The control of the test above."""
    fixture_load.load(folder, at=AT)
    changed = deepcopy(GOOD)
    changed["claims"][1]["value_yuan"] = 1
    written(folder, changed)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        call_command("loaddata", str(folder / "claims.json"), verbosity=0)


# Bad rows: what is done to the good ones, where the load stops, and a word of the reason.


def put(file: str, index: int, /, **fields) -> Callable[[Rows], None]:
    return lambda rows: rows[file][index].update(fields)


def said(table: type[Model], constraint: str) -> str:
    """The sentence of a constraint; not yet in a language."""
    return next(one for one in table._meta.constraints if one.name == constraint).violation_error_message


def without(name: str, index: int, field: str) -> Callable[[Rows], None]:
    return lambda rows: rows[name][index].pop(field)


def again(file: str, index: int, /, **fields) -> Callable[[Rows], None]:
    """Once more at the end of its file, with other fields."""
    return lambda rows: rows[file].append(rows[file][index] | fields)


LAST_CLAIM = len(GOOD["claims"]) + 1
BAD = {
    "a misspelt kind": (put("projects", 0, kind="watter"), "projects.json, row 1 (QJ-0001)", "kind"),
    "a misspelt stage": (put("claims", 0, value_code="bilding"), "claims.json, row 1 (c1)", "unknown_code"),
    "a misspelt topic": (put("claims", 1, topic="total"), "claims.json, row 2 (c2)", "topic"),
    "a misspelt milestone": (
        put("claims", 3, measure="begun"),
        "claims.json, row 4 (c4)",
        "unknown_milestone",
    ),
    "a misspelt unit": (put("claims", 1, unit="million"), "claims.json, row 2 (c2)", "unknown_unit"),
    "a place without a source": (put("place_sources", 0, note=""), "place_sources.json, row 1", "source"),
    "a neighbour of itself": (
        put("neighbours", 0, neighbour=["QJ-0002"]),
        "neighbours.json, row 1",
        "项目不能与自身邻近",
    ),
    "a misspelt role": (put("parties", 0, role="bilder"), "parties.json, row 1", "role"),
    "a misspelt column": (put("places", 0, nmae="x"), "places.json, row 1 (park)", "nmae"),
    "a code of the wrong form": (put("projects", 1, code="QJ-2"), "projects.json, row 2 (QJ-2)", "code"),
    "an unknown measure": (put("claims", 2, measure="iron"), "claims.json, row 3 (c3)", "unknown_measure"),
    "a paragraph that is not there": (
        put("claims", 0, paragraph=4),
        "claims.json, row 1 (c1)",
        "not in the outline",
    ),
    "a paragraph 0": (put("statistics", 0, paragraph=0), "statistics.json, row 1 (s1)", "not in the outline"),
    "a section of another source": (
        put("aliases", 0, section=["other", "A1"]),
        "aliases.json, row 1 (自来水厂)",
        "not in the outline",
    ),
    "a section that is not there": (
        put("claims", 0, section=["paper", "Z9"]),
        "claims.json, row 1 (c1)",
        "cannot be read",
    ),
    "an impossible as-of": (put("claims", 0, as_of="2024-02-30"), "claims.json, row 1 (c1)", "as_of"),
    "an impossible value": (put("claims", 3, value_date="2025-13"), "claims.json, row 4 (c4)", "value_date"),
    "an impossible known-on": (
        put("claims", 0, known_on="2024-02-30"),
        "claims.json, row 1 (c1)",
        "2024-02-30",
    ),
    "an impossible publication": (put("sources", 1, published="soon"), "sources.json, row 2 (other)", "soon"),
    "a date that is missing": (without("claims", 0, "as_of"), "claims.json, row 1 (c1)", "as_of"),
    "true before it is known": (
        put("claims", 0, as_of="2024-11"),
        "claims.json, row 1 (c1)",
        "true_before_known",
    ),
    "a doubled alias": (
        again("aliases", 0, project=["QJ-0002"]),
        "aliases.json, row 2 (自来水厂)",
        "twice",
    ),
    "a row that stands twice": (again("claims", 0), f"claims.json, row {LAST_CLAIM} (c1)", "twice"),
    "a doubled name": (put("projects", 1, name="水厂"), "projects.json, row 2 (QJ-0002)", "name"),
    "a doubled address": (put("projects", 1, slug="works"), "projects.json, row 2 (QJ-0002)", "slug"),
    "a doubled position": (
        again("sections", 0, number="A2"),
        "sections.json, row 3 (A2)",
        said(SourceSection, "sourcesection_position_once"),
    ),
    "lines of two paragraphs for three": (
        put("sections", 0, lines="1; 2,4"),
        "sections.json, row 1 (A1)",
        "lines: ",
    ),
    "lines that are none": (put("sections", 0, lines="1; two; 3"), "sections.json, row 1 (A1)", "lines: "),
    "an unknown source": (put("claims", 0, source=["gone"]), "claims.json, row 1 (c1)", "cannot be read"),
    "no source": (without("claims", 0, "source"), "claims.json, row 1 (c1)", "source"),
    "a key that is no key": (
        put("claims", 0, project="QJ-0001"),
        "claims.json, row 1 (c1)",
        "cannot be read",
    ),
    "a key of too many parts": (
        put("claims", 0, project=["QJ", "1"]),
        "claims.json, row 1 (c1)",
        "cannot be read",
    ),
    "an unknown project": (put("aliases", 0, project=["QJ-0009"]), "aliases.json, row 1", "cannot be read"),
    "an unknown parent": (
        put("projects", 1, parent=["QJ-0009"]),
        "projects.json, row 2 (QJ-0002)",
        "cannot be read",
    ),
    "a wrong value for its topic": (
        put("claims", 0, value_code="", value_yuan=1, unit="yuan"),
        "claims.json, row 1 (c1)",
        "wrong_kind_of_value",
    ),
    "two values": (
        put("claims", 1, value_text="亿"),
        "claims.json, row 2 (c2)",
        said(Claim, "claim_value_fits_topic"),
    ),
    "two figures of the district": (
        put("statistics", 0, value_text="百亿级"),
        "statistics.json, row 1 (s1)",
        said(Statistic, "statistic_value_one_figure"),
    ),
    "an amount that is no number": (put("claims", 1, value_yuan="1.5亿"), "claims.json, row 2 (c2)", "1.5亿"),
    "inferred without a note": (
        put("claims", 5, note=" "),
        "claims.json, row 6 (c6)",
        "inferred_without_note",
    ),
    "corrects nothing": (put("claims", 4, corrects=["c9"]), "claims.json, row 5 (c5)", "cannot be read"),
    "corrects another series": (
        put("claims", 4, corrects=["c1"]),
        "claims.json, row 5 (c5)",
        "corrects_another_series",
    ),
    "corrects what is corrected": (
        again("claims", 4, ref="c7", known_on="2024-12-01"),
        f"claims.json, row {LAST_CLAIM} (c7)",
        "correct",
    ),
    "a correction before what it corrects": (
        lambda rows: rows["claims"].insert(0, rows["claims"].pop(4)),
        "claims.json, row 1 (c5)",
        "cannot be read",
    ),
    "a false credit code": (
        put("organisations", 0, credit_code="91350100M000100Y44"),
        "organisations.json, row 1 (firm)",
        "credit_code",
    ),
    "a point without a source": (
        put("places", 0, latitude="29.0", longitude="106.6"),
        "places.json, row 1 (park)",
        said(Place, "place_point_whole"),
    ),
}


@pytest.mark.parametrize(("spoil", "where", "why"), BAD.values(), ids=BAD)
def test_a_bad_row_stops_the_load_and_leaves_nothing(tmp_path, spoil, where, why):
    rows = deepcopy(GOOD)
    spoil(rows)
    before = contents()
    with pytest.raises(fixture_load.BadFixture) as refusal:
        fixture_load.load(written(tmp_path, rows), at=AT)
    assert str(refusal.value).startswith(where), str(refusal.value)
    assert str(why) in str(refusal.value)
    assert contents() == before
    assert current_version() == 0


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("[{", "claims.json: ", "not JSON"),
        ("", "claims.json: ", "not JSON"),
        ("\ufeff[]\x00", "claims.json: ", "not JSON"),
        ("{}", "claims.json: ", "not a list"),
        ("null", "claims.json: ", "not a list"),
        ("[1]", "claims.json, row 1 ", "not a row"),
        ("[{}]", "claims.json, row 1 ", "not a row"),
        ('[{"model": "projects.claim", "fields": []}]', "claims.json, row 1 ", "not a row"),
        ('[{"fields": {"ref": "x"}}]', "claims.json, row 1 (x)", "not of the model projects.claim"),
        (
            '[{"model": "projects.clam", "fields": {"ref": "x"}}]',
            "claims.json, row 1 (x)",
            "not of the model projects.claim",
        ),
        (
            '[{"model": "projects.user", "fields": {"username": "x"}}]',
            "claims.json, row 1 ",
            "not of the model projects.claim",
        ),
    ],
)
def test_a_broken_file_stops_the_load(folder, text, where, why):
    (folder / "claims.json").write_text(text, encoding="utf-8")
    before = contents()
    with pytest.raises(fixture_load.BadFixture) as refusal:
        fixture_load.load(folder, at=AT)
    assert str(refusal.value).startswith(where) and why in str(refusal.value), str(refusal.value)
    assert contents() == before


def test_a_missing_file_is_named(folder, settings):
    settings.FIXTURES = folder
    (folder / "places.json").unlink()
    with pytest.raises(CommandError, match=r"^Nothing was loaded\. places\.json: is missing"):
        call_command("seed")


def test_the_command_says_so_in_one_line(folder, settings):
    settings.FIXTURES = folder
    (folder / "claims.json").write_text("[{")
    with pytest.raises(CommandError, match=r"^Nothing was loaded\. claims\.json: not JSON"):
        call_command("seed")


def test_a_bad_row_added_later_leaves_what_was_loaded_before(folder):
    fixture_load.load(folder, at=AT)
    before = contents()
    rows = deepcopy(GOOD)
    rows["departments"].append({"code": "jt", "name": "交通局", "name_en": "Transport"})
    rows["claims"].append(rows["claims"][0] | {"ref": "c8", "value_code": "bilding"})
    written(folder, rows)
    with pytest.raises(fixture_load.BadFixture, match="row 7 .c8."):
        fixture_load.load(folder, at=AT)
    assert contents() == before
    assert DataVersion.objects.get().number == 1
    assert not fixture_load.is_loaded(folder)
    assert log.record("next", "it", by=None, at=AT).number == 2
