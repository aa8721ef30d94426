"""The record of changes tells nobody what his or her own pages do not: made with markers, then hunted.

Every page that shows audit entries is read by every role that may enter the admin.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.accounts import users
from projects.audit import log
from projects.audit.rules import reach
from projects.choices import Role
from projects.models import AuditEntry, Project
from projects.models.audit import AuditEntryQuerySet
from projects.reports import moves, problems
from tests.attaching import with_photo
from tests.cast import AT, TODAY, person
from tests.editing.admin_pages import address
from tests.paperwork import content, draft_of, on_record

pytestmark = pytest.mark.django_db

MARK = re.compile(r"zz\w+?zz")
PERSONAL = ("first_name", "last_name", "email")
# Whose draft, note or published report it is, by the project that it is about.
STATES = ("draft", "returned", "approved")


def report_in(state: str, people) -> Project:
    """Written, with an obstacle, an answer to it and a photo, then brought into its state."""
    of = on_record()
    words = {name: f"zz{name}{state}zz" for name in ("works", "next_steps")}
    report = draft_of(of, people, content(**words))
    unit = people.reporter.department
    raised = problems.raise_(
        report, f"zzobstacle{state}zz", department=unit, due_on=TODAY, by=people.reporter, at=AT
    )
    problems.reply(raised, f"zzanswer{state}zz", by=people.reporter, at=AT)
    with_photo(report, people.reporter, caption=f"zzphoto{state}zz")
    if state == "draft":
        return of
    report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    if state == "returned":
        moves.return_(report, expected=report.version, note="zznotereturnedzz", by=people.reviewer, at=AT)
    else:
        moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    return of


def account(people) -> None:
    """Made, changed, and given another role."""
    user = person("somebody", Role.REPORTER, department=people.reporter.department)
    for name in PERSONAL:
        setattr(user, name, f"zz{name.replace('_', '')}zz@example.org" if name == "email" else f"zz{name}zz")
        users.save_user(user, by=people.second_editor, at=AT)
    users.set_password(user, "zzpasswordzz-and-more", by=user, at=AT)


@pytest.fixture
def world(people, root) -> dict[str, Project]:
    account(people)
    return {state: report_in(state, people) for state in STATES}


def addresses() -> list[str]:
    """The list with its filters and searches, each entry and each history that there is or could be."""
    numbers = list(AuditEntry.objects.values_list("pk", flat=True))
    lists = ("", "?month=2026-03", "?month=x", "?q=zz", "?q=somebody", "?q=report", "?o=2", "?p=2")
    return [
        *(address("auditentry", "changelist") + query for query in lists),
        *(address("auditentry", page, pk) for pk in numbers for page in ("change", "history")),
        *(address("project", "history", pk) for pk in Project.objects.values_list("pk", flat=True)),
        *(address("user", "history", by.pk) for by in {one.by for one in AuditEntry.objects.all()} if by),
        "/admin/",
    ]


def everything(client, who) -> str:
    client.force_login(who)
    return "\n".join(client.get(one, follow=True).text.replace(one, "") for one in addresses())


def marks(text: str) -> set[str]:
    return set(MARK.findall(text))


def seen(client, who) -> set[str]:
    """The subjects that stand in the list of entries."""
    client.force_login(who)
    page = client.get(address("auditentry", "changelist")).context["cl"]
    return {entry.subject for entry in page.result_list}


def subject(of: Project) -> str:
    return f"2026-02 {of.code}"


@pytest.mark.promise(
    "An audit entry is shown to who reaches its subject, and of drafts, notes and accounts it keeps no text",
    control="test_control_a_record_that_kept_what_was_typed_is_found",
)
def test_no_audit_page_tells_what_was_typed_in_drafts_notes_and_accounts(client, people, root, world, figure):
    texts = {who: everything(client, who) for who in (people.reviewer, people.editor, root)}
    approved = {"zzworksapprovedzz", "zznext_stepsapprovedzz"}
    assert marks(texts[people.reviewer]) == marks(texts[root]) == approved, "what is published, in full"
    assert marks(texts[people.editor]) == set(), "an editor reaches no report"
    figure(f"{len(addresses())} pages by 3 roles, {AuditEntry.objects.count()} entries, no text of a draft")


def test_control_a_record_that_kept_what_was_typed_is_found(client, people, root, monkeypatch):
    monkeypatch.setattr(reach, "kept", lambda action, before, after: (before, after))
    account(people)
    report_in("returned", people)
    assert {"zznotereturnedzz", "zzobstaclereturnedzz", "zzfirst_namezz"} <= marks(everything(client, root))


def test_a_list_shows_the_entries_of_what_its_reader_reaches(client, people, root, world):
    of = {state: subject(project) for state, project in world.items()}
    assert seen(client, people.reviewer) >= {of["returned"], of["approved"], "2026-02"}
    assert not seen(client, people.reviewer) & {of["draft"], "somebody"}
    assert not seen(client, people.editor) & {*of.values(), "2026-02", "somebody"}
    assert seen(client, root) >= {*of.values(), "2026-02", "somebody"}


def test_control_a_list_that_asked_nobody_would_show_them(client, people, world, monkeypatch):
    monkeypatch.setattr(AuditEntryQuerySet, "reachable_by", lambda rows, person: rows)
    assert seen(client, people.editor) >= {subject(world["draft"]), "somebody"}


def test_an_entry_out_of_reach_is_answered_like_one_that_is_not_there(client, people, world):
    client.force_login(people.editor)
    hidden = AuditEntry.objects.filter(subject="somebody").first().pk
    for page in ("change", "history"):
        answers = [client.get(address("auditentry", page, pk)) for pk in (hidden, 999_999)]
        assert [(one.status_code, one["Location"]) for one in answers] == [(302, "/admin/")] * 2


def test_a_draft_handed_in_is_reached_from_then_on(client, people):
    of = on_record()
    report = draft_of(of, people)
    assert subject(of) not in seen(client, people.reviewer)
    moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    assert subject(of) in seen(client, people.reviewer)


@pytest.mark.parametrize("who", ["reviewer", "editor", "root"])
def test_a_page_of_the_list_is_read_without_walking_all(client, people, root, who):
    """As many statements at 3 entries as at 200; none counts or reads on without an end."""
    client.force_login(root if who == "root" else getattr(people, who))

    def asked(count: int) -> list[str]:
        for number in range(count):
            log.record("project.save", f"row {number}", by=people.editor, at=AT)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("auditentry", "changelist")).status_code == 200
        return [one["sql"] for one in queries if "projects_auditentry" in one["sql"]]

    few, many = asked(3), asked(200)
    assert len(few) == len(many) and all("LIMIT" in sql for sql in many)
