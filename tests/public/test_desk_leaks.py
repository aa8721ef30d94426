"""Nothing unapproved reaches a public address: first it is made, with markers, then hunted everywhere.

The control is that what is approved is found by the same hunt.
"""

import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

import pytest
from django.urls import URLPattern, reverse
from django.utils import translation

from projects import urls
from projects.choices import Condition
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.models import Attachment, Project, Report, Source
from projects.models.attachment import folder
from projects.reports import moves, problems
from projects.reports.rules.content import Content, Pause, Promise
from tests.attaching import with_paper, with_photo
from tests.cast import AT, TODAY, Cast
from tests.paperwork import content, draft_of, month_round, on_record

pytestmark = pytest.mark.django_db

NOW, PAST = "", "?asof=2026-02-28"
STATES = ("draft", "withdrawn", "returned", "submitted")
# What a report puts on record; each of its words carries the state's name.
PUBLIC = ("works", "pausereason", "promisewords", "photo", "paper")
# What no public page shows, approved or not.
INTERNAL = ("nextsteps", "pausenote", "confirmed", "obstacle", "answer", "returnnote", "username")


def marker(what: str, state: str) -> str:
    return f"zz{what}{state}zz"


def said(state: str, yuan: int) -> Content:
    return content(
        condition=Condition.PAUSED.value,
        to_date=Money(yuan, "yuan", 0),
        progress=Decimal("43.21"),
        works=marker("works", state),
        next_steps=marker("nextsteps", state),
        promises=(
            Promise("completed", fuzzy_dates.parse("2031-07"), "", "other", marker("promisewords", state)),
        ),
        pause=Pause(marker("pausereason", state), fuzzy_dates.parse("2031-08"), marker("pausenote", state)),
        confirmed={"beyond_total": marker("confirmed", state)},
    )


def report_in(state: str, people: Cast, yuan: int) -> Report:
    """Beyond the total, with a problem that is answered, brought into its state."""
    people.reporter.username = marker("username", state)
    people.reporter.save()
    of = on_record()
    report = draft_of(of, people, said(state, yuan))
    raised = problems.raise_(
        report,
        marker("obstacle", state),
        department=people.reporter.department,
        due_on=TODAY,
        by=people.reporter,
        at=AT,
    )
    problems.reply(raised, marker("answer", state), by=people.reporter, at=AT)
    with_photo(report, people.reporter, marker("photo", state))
    with_paper(report, people.reporter, marker("paper", state))
    if state == "draft":
        return report
    report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    if state == "withdrawn":
        return moves.withdraw(report, expected=report.version, by=people.reporter, at=AT)
    if state == "submitted":
        return report
    return moves.return_(
        report, expected=report.version, note=marker("returnnote", state), by=people.reviewer, at=AT
    )


def files(**which) -> list[Attachment]:
    return list(Attachment.objects.filter(**which))


def addresses() -> Iterator[str]:
    """Every public address with every project and source, and where the source of a report would be."""
    slugs = list(Project.objects.values_list("slug", flat=True))
    codes = [*Source.objects.values_list("code", flat=True), f"report-{month_round().month}-QJ-0001"]
    given = {"slug": slugs, "code": codes, "name": [name for row in files() for name in row.names]}
    in_sitemap = {"name": ["pages", "projects", "sources"], "part": [1]}
    for pattern in urls.urlpatterns:
        if not isinstance(pattern, URLPattern) or pattern in (*urls.ACCOUNTS, *urls.DESK):
            continue  # these, and the admin, ask who is there
        asked = list(pattern.pattern.converters)
        known = in_sitemap if pattern.name == "sitemap_part" else given
        assert set(asked) <= set(known), f"say here what {pattern.name} takes"
        for values in product(*(known[one] for one in asked)):
            for language in ("zh-hans", "en"):
                with translation.override(language):
                    yield reverse(pattern.name, kwargs=dict(zip(asked, values, strict=True)))


def everything(client, *queries: str) -> str:
    """What all of them answer, packed files unpacked."""
    found = []
    for address, query in product(addresses(), queries):
        answer = client.get(address + query)
        assert answer.status_code in (200, 302, 404), address
        # A page that says "not found" leads to itself in the other language.
        found.append(text_of(answer).replace(address.removeprefix("/en"), ""))
    assert len(found) > 50
    return "\n".join(found)


def text_of(answer) -> str:
    body = answer.getvalue()
    if body[:2] != b"PK":
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def stored(row: Attachment) -> str:
    """What is in its file, as the hunt would find it."""
    return (folder() / row.name).read_bytes().decode(errors="replace")


def amounts(yuan: int) -> tuple[str, ...]:
    """As exports and pages write it."""
    return str(yuan), f"{yuan:,}"


def test_nothing_unapproved_reaches_a_public_address(client, people):
    reports = {state: report_in(state, people, 4_321_000_010 + number) for number, state in enumerate(STATES)}
    found = everything(client, NOW, PAST)
    for state, report in reports.items():
        leaks = [what for what in PUBLIC + INTERNAL if marker(what, state) in found]
        assert leaks == [], state
        assert not any(text in found for text in amounts(report.to_date_yuan)), state
    leaks = [row for row in files() if row.name in found or row.small in found or stored(row) in found]
    assert len(files()) == 2 * len(STATES) and leaks == []
    assert not any(text in found for text in ("43.21", "2031-07", "2031年7月", "July 2031", "2031-08"))

    moves.approve(reports["submitted"], expected=reports["submitted"].version, by=people.reviewer, at=AT)
    found = everything(client, NOW)
    shown = [what for what in PUBLIC + INTERNAL if marker(what, "submitted") in found]
    assert shown == list(PUBLIC), "the control: the hunt finds what is there, and only that"
    assert any(text in found for text in amounts(4_321_000_013)) and "43.21" in found and "2031-07" in found
    leaks = [row for row in files() if row.name in found and stored(row) in found]
    assert leaks == files(report=reports["submitted"]), "the control: approved ones are found"
    for state in STATES[:-1]:
        assert not any(marker(what, state) in found for what in PUBLIC + INTERNAL), state
