"""One fact of many projects: shown first, then set, each with its entry; what moved is left and named."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.choices import BatchState
from projects.claims import projection
from projects.models import AuditEntry, Batch, Current, Project
from projects.records import saving_together
from projects.records.saving_together import MAX_TOGETHER, Fact, Fate
from tests import paperwork
from tests.cast import AT, department, place, project, published
from tests.editing.admin_pages import address, messages

pytestmark = [pytest.mark.django_db, pytest.mark.every_engine]

WHY = "三定方案"


def choose(client, code, *projects, query=""):
    typed = {"action": code, "_selected_action": [one.pk for one in projects], "select_across": "0"}
    return client.post(address("project", "changelist") + query, typed)


def send(client, code, *projects, why=WHY, query=""):
    rows = [f"{one.pk}:{one.version}" for one in projects]
    return client.post(address("project", "set_together") + query, {"set": code, "row": rows, "why": why})


def on_record(*projects):
    for one in projects:
        published(one)
        projection.rebuild(one)


def test_it_is_shown_before_it_is_done(as_editor):
    unit, other = department(), department("jiaotong", name="交通局")
    projects = [project(), project(department=other), project(department=unit)]
    page = choose(as_editor, f"department:{unit.pk}", *projects)
    assert page.context["count"] == 2
    rows = [(str(old), fate) for _one, old, fate, _version in page.context["rows"]]
    assert rows == [("空", "changes"), ("交通局", "changes"), ("发展改革委", "stands")]
    assert "<s>交通局</s>" in page.content.decode()
    assert not AuditEntry.objects.exists(), "nothing is done yet"


def test_each_is_saved_with_its_own_entry(as_editor, people):
    unit = department("jiaotong")
    projects = [project(), project()]
    on_record(*projects)
    answer = send(as_editor, f"department:{unit.pk}", *projects, query="?unit=none")
    assert answer.url == address("project", "changelist") + "?unit=none"
    for one in projects:
        one.refresh_from_db()
        assert (one.department, one.version, one.current.department_id) == (unit, 2, unit.pk)
    entries = AuditEntry.objects.filter(action="project.save").order_by("number")
    assert [(one.subject, one.by, one.before, one.after) for one in entries] == [
        (one.code, people.editor, {"department": None}, {"department": "jiaotong", "why": WHY})
        for one in projects
    ]


def test_what_moved_meanwhile_is_left_and_named(as_editor):
    unit, moved, still = department(), project("挪动厂"), project("静止厂")
    Project._base_manager.filter(pk=moved.pk).update(version=7)
    answer = send(as_editor, f"department:{unit.pk}", moved, still)
    moved.refresh_from_db()
    still.refresh_from_db()
    assert (moved.department, still.department) == (None, unit)
    assert any("挪动厂" in words and "静止厂" not in words for words in messages(answer))


def test_a_reason_is_asked_for_and_the_versions_stay_those_seen(as_editor):
    unit, one = department(), project()
    page = send(as_editor, f"department:{unit.pk}", one, why=" ")
    assert page.status_code == 200 and page.context["form"].errors["why"]
    Project._base_manager.filter(pk=one.pk).update(version=2)
    page = send(as_editor, f"department:{unit.pk}", one, why="")
    assert [fate for _one, _old, fate, _version in page.context["rows"]] == [Fate.MOVED]
    assert f'value="{one.pk}:1"' in page.content.decode()


@pytest.mark.parametrize(
    ("code", "column", "value"),
    [
        ("kind:digital", "kind", "digital"),
        ("funding:mixed", "funding", "mixed"),
        ("is_public:yes", "is_public", True),
    ],
)
def test_kinds_funding_and_being_shown(as_editor, code, column, value):
    one = project(is_public=False)
    published(one)
    send(as_editor, code, one)
    one.refresh_from_db()
    assert getattr(one, column) == value
    assert Current.objects.exists() == one.is_public


def test_by_a_new_place_it_is_found(as_editor):
    one, at = project(), place("wansheng", name="万盛园区", name_en="Wansheng park")
    send(as_editor, f"place:{at.pk}", one)
    one.refresh_from_db()
    assert one.place == at and "万盛园区" in one.search_text.text


def test_nobody_is_hidden_and_files_show_what_they_made(as_editor, people):
    of_file = Batch.objects.create(
        file_name="x", digest="0" * 64, entered_by=people.editor, entered_at=AT, saved_at=AT
    )
    one, shown = project(is_public=False, batch=of_file), project()
    assert of_file.state == BatchState.DRAFT
    answer = send(as_editor, "is_public:yes", one)
    one.refresh_from_db()
    assert not one.is_public and any(one.code in words for words in messages(answer))
    send(as_editor, "is_public:no", shown)
    shown.refresh_from_db()
    assert shown.is_public
    with pytest.raises(ValueError, match="not set together"):
        saving_together.set_fact(
            Fact("is_public", value=False), {shown.pk: 1}, by=people.editor, at=AT, why=WHY
        )


def test_what_is_being_written_goes_along_with_the_unit(as_editor, people):
    to = people.other_reporter.department
    one = paperwork.on_record(department=people.reporter.department)
    draft = paperwork.draft_of(one, people)
    send(as_editor, f"department:{to.pk}", one)
    draft.refresh_from_db()
    assert draft.department == to


@pytest.mark.parametrize(
    "code", ["", "department:999", "department:x", "kind:nothing", "name:x", "sector:ai"]
)
def test_what_cannot_be_set_is_refused_in_words(as_editor, code):
    one = project()
    answer = send(as_editor, code, one)
    assert answer.status_code == 302 and messages(answer)
    assert not AuditEntry.objects.exists()


def test_who_may_not_change_has_nothing_to_choose(as_reviewer):
    one = project()
    page = as_reviewer.get(address("project", "changelist"))
    assert "_selected_action" not in page.content.decode()
    assert send(as_reviewer, "kind:digital", one).status_code == 403
    one.refresh_from_db()
    assert one.kind == "industrial"


def test_too_many_are_refused(as_editor, monkeypatch):
    monkeypatch.setattr("projects.editing.set_together.MAX_TOGETHER", 1)
    answer = choose(as_editor, "kind:digital", project(), project())
    assert answer.status_code == 302 and MAX_TOGETHER == 500
    assert any("1" in words for words in messages(answer))


def test_writing_reads_no_more_for_more(people, django_assert_num_queries):
    """The entries of the audit are written together."""
    counted = []
    for number in (2, 6):
        projects = [project() for _ in range(number)]
        on_record(*projects)
        counted.append((number, _statements(people, projects)))
    (few, least), (many, most) = counted
    assert (most - least) / (many - few) <= 1, "the row of today of each"


def _statements(people, projects) -> int:
    seen = {one.pk: one.version for one in projects}
    with CaptureQueriesContext(connection) as asked:
        saving_together.set_fact(Fact("kind", "digital"), seen, by=people.editor, at=AT, why=WHY)
    return len(asked)
