"""Monthly reports as the public reads them: what was published, and the months of which nothing was."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from projects.choices import Condition, Stage, Topic
from projects.claims import approval
from projects.core import fuzzy_dates
from projects.core.clocks import Clocks
from projects.core.money import Money
from projects.models import Claim, Problem, Project, Report, Round
from projects.records import one_project, project_record
from projects.reports import attachments, moves, problems, public_reports, rounds
from projects.reports.public_reports import Published, Shown
from projects.reports.rules.content import Pause, Promise
from tests.attaching import with_paper, with_photo
from tests.cast import AT, TODAY, department, source
from tests.paperwork import MORE, approved, content, draft_of, month_round, moved, on_record, submitted

pytestmark = pytest.mark.django_db
APRIL = datetime(2026, 4, 20, 2, tzinfo=UTC)
MARCH_ROUND = datetime(2026, 3, 26, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT):
        yield TODAY


def clocks(asof: date = TODAY, known: date = TODAY, on: date = TODAY) -> Clocks:
    return Clocks(asof, known, on)


def read(of: Project, at: Clocks | None = None) -> Published:
    """What is not asked for where a page's statement saw none is the same as what is."""
    at = at or clocks()
    all_asked, as_found = of, one_project.find(of.slug, at)
    told = [public_reports.of_project(project_record.record(one, at), at) for one in (all_asked, as_found)]
    assert told[0] == told[1]
    return told[0]


def only(of: Project, at: Clocks | None = None) -> Shown:
    (entry,) = read(of, at).entries
    assert isinstance(entry, Shown)
    return entry


def full(people, of: Project) -> Report:
    """An approved report that says all there is to say, with a photo, a paper and a problem."""
    said = content(
        progress=40,
        works="基坑完成",
        promises=(Promise("completed", fuzzy_dates.parse("2027-06")),),
        next_steps="浇筑",
    )
    report = draft_of(of, people, said)
    with_photo(report, people.reporter)
    with_paper(report, people.reporter)
    home = people.reporter.department
    problems.raise_(report, "征地未完", department=home, due_on=TODAY, by=people.reporter, at=AT)
    handed = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    return moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT)


def test_a_report_with_all_that_it_says(people):
    report = full(people, on_record())
    entry = only(report.project)
    assert (entry.month, entry.asof, entry.published_on) == (date(2026, 2, 1), date(2026, 2, 28), TODAY)
    assert (entry.department, entry.code) == (department(), "report-2026-02-QJ-0001")
    assert (entry.stage, entry.condition, entry.works) == (Stage.BUILDING, Condition.ACTIVE, "基坑完成")
    assert [(one.milestone, one.date.text) for one in entry.promises] == [("completed", "2027-06")]
    assert (entry.is_unchanged, entry.is_late, entry.pause) == (False, False, None)
    assert [one.caption for one in entry.photos] == ["基坑开挖"]
    assert [one.caption for one in entry.papers] == ["施工许可"]
    assert entry.door == "attachment"
    assert read(report.project).open_problems == 1


def test_every_figure_has_its_claim(people):
    entry = only(full(people, on_record()).project)
    said = {one.topic: (one.value, one.ref, one.corrected_by) for one in entry.figures}
    refs = Claim.objects.in_bulk([ref for _value, ref, _by in said.values()], field_name="ref")
    assert {topic: refs[ref].topic for topic, (_value, ref, _by) in said.items()} == {
        topic: topic for topic in said
    }
    assert said[Topic.INVESTED_TO_DATE][0] == MORE and str(said[Topic.PROGRESS][0].value) == "40"


def test_a_corrected_figure_names_its_correction(people):
    of = full(people, on_record()).project
    wrong = Claim.objects.get(ref__startswith="report-", topic=Topic.INVESTED_TO_DATE)
    less = Money(105 * 10**7, "yi", 1)
    same = {name: getattr(wrong, name) for name in ("topic", "method", "as_of", "source")}
    draft = Claim(project=of, corrects=wrong, note="误报", **same)
    draft.value_yuan, draft.unit, draft.decimals = less.yuan, less.unit, less.decimals
    entered = approval.enter(draft, by=people.editor, at=AT)
    correction = approval.approve(entered, by=people.reviewer, at=AT)
    figure = next(one for one in only(of).figures if one.topic == Topic.INVESTED_TO_DATE)
    assert (figure.value, figure.corrected_by) == (MORE, correction.ref)


def test_a_pause_says_why_and_until_when_and_not_its_note(people):
    pause = Pause("汛期", fuzzy_dates.parse("2026-06"), "内部情况")
    of = approved(on_record(), people, content(condition="paused", pause=pause)).project
    assert only(of).pause == Pause("汛期", fuzzy_dates.parse("2026-06"))


@pytest.mark.parametrize("make", [draft_of, submitted])
def test_what_is_not_approved_is_not_there(people, make):
    of = make(on_record(), people).project
    assert read(of) == Published()


def test_nor_is_what_is_no_longer_public(people):
    report = full(people, on_record())
    report.source.is_public = False
    report.source.save()
    assert read(report.project).entries == ()


def test_before_it_is_published_it_can_be_shown_to_those_who_reach_it(people):
    report = draft_of(on_record(), people, content(works="基坑", progress=12))
    photo = with_photo(report, people.reporter)
    entry = public_reports.shown(report)
    assert (entry.month, entry.asof, entry.published_on) == (date(2026, 2, 1), date(2026, 2, 28), None)
    assert (entry.code, entry.door, entry.photos) == ("", "desk_attachment", (photo,))
    assert [(one.topic, one.ref) for one in entry.figures] == [("invested_to_date", ""), ("progress", "")]


def test_nothing_changed_and_lateness_are_told(people):
    of = on_record()
    with time_machine.travel(APRIL):
        moves.nothing_changed([of], monthly_round=month_round(), by=people.reporter, at=APRIL)
        moved(moves.approve, by=people.reviewer, at=APRIL)
        entry = only(of, clocks(APRIL.date(), APRIL.date(), APRIL.date()))
    assert (entry.is_unchanged, entry.is_late) == (True, True)


# The months of which there is none


def months(of: Project, at: Clocks) -> list[tuple[str, bool]]:
    """Newest first, and whether a report was published."""
    return [(f"{one.month:%Y-%m}", isinstance(one, Shown)) for one in read(of, at).entries]


@pytest.fixture
def two_rounds(people):
    """February is reported, March is not."""
    of = approved(on_record(), people).project
    rounds.open_round("2026-03", by=None, at=MARCH_ROUND)
    return of


def on(day: date) -> Clocks:
    return clocks(day, day, APRIL.date())


def test_a_month_without_a_report_is_told_once_the_round_is_over(two_rounds):
    assert months(two_rounds, on(date(2026, 4, 5))) == [("2026-02", True)]
    assert months(two_rounds, on(date(2026, 4, 6))) == [("2026-03", False), ("2026-02", True)]


def test_a_round_that_was_closed_early_is_over(two_rounds, people):

    march, at = Round.objects.get(month="2026-03"), datetime(2026, 4, 1, 2, tzinfo=UTC)
    rounds.close_round(march, by=people.reviewer, at=at)
    assert months(two_rounds, on(date(2026, 4, 1)))[0] == ("2026-03", False)


def test_looking_back_it_was_missing_until_it_was_published(two_rounds, people):

    said = content(to_date=Money(12 * 10**8, "yi", 0))
    with time_machine.travel(APRIL):
        approved(two_rounds, people, said, Round.objects.get(month="2026-03"), APRIL)
    assert months(two_rounds, on(date(2026, 4, 19)))[0] == ("2026-03", False)
    assert months(two_rounds, on(date(2026, 4, 20)))[0] == ("2026-03", True)


def test_as_of_an_earlier_day_a_later_report_is_not_there(two_rounds):
    assert months(two_rounds, clocks(date(2026, 2, 27), TODAY)) == []
    assert months(two_rounds, clocks(date(2026, 2, 28), TODAY)) == [("2026-02", True)]
    assert months(two_rounds, clocks(TODAY, date(2026, 3, 1))) == []


def test_photos_stand_in_the_order_that_their_report_gives_them(people):
    report = draft_of(on_record(), people)
    names = [with_photo(report, people.reporter, caption=words).name for words in ("东侧", "西侧")]
    said = {names[1]: "隧道出口", names[0]: "东侧"}
    attachments.arrange(report, said, by=people.reporter, at=AT)
    handed = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT)
    assert [one.caption for one in only(report.project).photos] == ["隧道出口", "东侧"]


@pytest.mark.parametrize("stage", [Stage.PLANNED, Stage.OPERATING])
def test_a_project_of_which_no_report_is_expected_misses_none(people, stage):
    of = on_record(stage.value)
    month_round()
    assert months(of, on(date(2026, 4, 20))) == []


def test_nor_one_that_was_not_known_then(people):
    month_round()
    late = source("later", published="2026-04-10")
    of = on_record(said_in=late)
    assert months(of, on(date(2026, 4, 20))) == []


# Problems and cost


def test_problems_are_counted_while_they_are_open(people):
    of = full(people, on_record()).project

    problem = Problem.objects.get()
    problems.close(problem, "已征地", by=people.reviewer, at=datetime(2026, 3, 10, 2, tzinfo=UTC))
    counts = [read(of, on(date(2026, 3, day))).open_problems for day in (1, 2, 9, 10)]
    assert counts == [0, 1, 1, 0]


def test_problems_of_a_draft_are_not_counted(people):
    report = draft_of(on_record(), people)
    home = people.reporter.department
    problems.raise_(report, "征地未完", department=home, due_on=TODAY, by=people.reporter, at=AT)
    assert read(report.project).open_problems == 0


@pytest.mark.parametrize("make", [draft_of, approved])
def test_one_statement_whatever_there_is(people, make, django_assert_num_queries):
    make(on_record(), people)
    full(people, on_record())
    for of in Project.objects.all():
        record = project_record.record(of, clocks())
        with django_assert_num_queries(1):
            for one in public_reports.of_project(record, clocks()).entries:
                assert one.department.name and [file.caption for file in (*one.photos, *one.papers)] != [""]
