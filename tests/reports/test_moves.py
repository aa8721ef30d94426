"""A report from its first draft to its publication: each move, by whom, what it leaves, what it refuses.

Several people at the same moment are in `test_reporting_together`, what must not leak in `test_desk_leaks`.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from projects.audit import log
from projects.audit.data_version import current_version
from projects.audit.rules import chain
from projects.choices import Condition, ReportState, Role, Topic
from projects.claims import approval, projection
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.refusals import Refused
from projects.core.statements import Number
from projects.management import verification
from projects.models import AuditEntry, Claim, Report, Source, Standing
from projects.reports import moves, rounds
from projects.reports.drafts import ChangedMeanwhile
from projects.reports.rules.content import UNDECIDED, Pause, Promise
from tests.cast import AT, TODAY, draft, person, published, source
from tests.paperwork import (
    CLOSES_ON,
    MONTH,
    MORE,
    PLAIN,
    approved,
    content,
    draft_of,
    month_round,
    on_record,
    returned,
    submitted,
)

pytestmark = pytest.mark.django_db

DRAFT, SUBMITTED, RETURNED, APPROVED = ReportState
END = date(2026, 2, 28)
LATER = AT + timedelta(days=1)
IN_APRIL = datetime(2026, 4, 2, 1, tzinfo=UTC)
OPENED = 1  # the data version once the round is


def yi(amount: int) -> Money:
    return Money(amount * 10**8, "yi", 0)


def codes(refusal) -> list[str]:
    return [fault.code for fault in refusal.value.faults]


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("number").values_list("action", flat=True))


def verifies() -> bool:
    entries = [log.as_plain(entry) for entry in AuditEntry.objects.order_by("number")]
    return chain.first_broken(entries) is None


def today_of(project) -> Standing:
    return Standing.objects.today().get(project=project)


# Drafts


def test_a_draft_keeps_what_was_typed_complete_or_not(people):
    said = content(
        stage="",
        to_date=Money(150_000_000, "yi", 2),
        progress=Decimal("37.5"),
        works="主体封顶",
        next_steps="装修",
        promises=(Promise("completed", fuzzy_dates.parse("2027-03"), "一期", "funding", "贷款未到"),),
        pause=Pause("资金", fuzzy_dates.parse("2026-09"), "仍在筹措"),
        confirmed={"stage_fell": "下雨"},
    )
    report = Report.objects.get(pk=draft_of(on_record(), people, said).pk)
    assert report.content() == said
    assert (report.state, report.version, report.department) == (DRAFT, 1, people.reporter.department)
    assert (report.entered_by, report.saved_at) == (people.reporter, AT)
    assert actions()[-1] == "report.enter" and current_version() == OPENED


def test_each_save_is_a_version_and_replaces_the_dates(people):
    of = on_record()
    promised = tuple(Promise("completed", fuzzy_dates.parse(text)) for text in ["2027-03"])
    draft_of(of, people, content(promises=promised))
    again = moves.save_draft(
        of, content(), monthly_round=month_round(), expected=1, by=people.reporter, at=LATER
    )
    assert (again.version, again.saved_at, again.content()) == (2, LATER, content())
    assert actions().count("report.enter") == 1


def test_the_second_save_is_refused_with_what_is_kept(people):
    of, colleague = on_record(), person("colleague", Role.REPORTER, department=people.reporter.department)
    theirs, mine = content(works="第一个人"), content(works="第二个人")
    draft_of(of, people)
    save = {"monthly_round": month_round(), "expected": 1, "at": LATER}
    moves.save_draft(of, theirs, by=people.reporter, **save)
    with pytest.raises(ChangedMeanwhile) as refusal:
        moves.save_draft(of, mine, by=colleague, **save)
    assert (refusal.value.kept, refusal.value.report.version) == (theirs, 2)
    assert Report.objects.get().content() == theirs


def test_two_who_begin_the_same_report_are_told_too(people):
    of = on_record()
    draft_of(of, people, content(works="第一个人"))
    with pytest.raises(ChangedMeanwhile) as refusal:
        draft_of(of, people, content(works="第二个人"))
    assert refusal.value.kept.works == "第一个人"


def test_a_forged_version_of_what_is_not_there_begins_it(people):
    of, monthly_round = on_record(), month_round()
    report = moves.save_draft(
        of, content(), monthly_round=monthly_round, expected=7, by=people.reporter, at=AT
    )
    assert report.version == 1


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("other_reporter", "not_yours"),
        ("reviewer", "not_yours"),
        ("editor", "not_yours"),
        ("stranger", "not_yours"),
    ],
)
def test_nobody_else_begins_or_changes_a_draft(people, who, code):
    of, monthly_round = on_record(), month_round()
    for expected in (0, 1):
        with pytest.raises(Refused, match=code):
            moves.save_draft(
                of, content(), monthly_round=monthly_round, expected=expected, by=getattr(people, who), at=AT
            )
        if not expected:
            draft_of(of, people)
    assert Report.objects.get().version == 1


def test_a_deactivated_account_does_nothing(people):
    of, handed_in = on_record(), submitted(on_record(), people)
    people.reporter.is_active = people.reviewer.is_active = False
    with pytest.raises(Refused, match="deactivated"):
        draft_of(of, people)
    with pytest.raises(Refused, match="deactivated"):
        moves.withdraw(handed_in, expected=handed_in.version, by=people.reporter, at=AT)
    with pytest.raises(Refused, match="deactivated"):
        moves.approve(handed_in, expected=handed_in.version, by=people.reviewer, at=AT)


def test_a_project_handed_over_is_the_new_units(people):
    of = on_record()
    report = draft_of(of, people)
    of.department = people.other_reporter.department
    of.save()
    with pytest.raises(Refused, match="not_yours"):
        moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    handed_in = moves.submit(report, expected=report.version, by=people.other_reporter, at=AT)
    assert handed_in.department == people.other_reporter.department


def test_nothing_is_reported_before_the_round_opens(people):
    of, monthly_round = on_record(), month_round()
    with pytest.raises(Refused) as refusal:
        draft_of(of, people, monthly_round=monthly_round, at=datetime(2026, 2, 20, tzinfo=UTC))
    assert codes(refusal) == ["round_not_open"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"progress": Decimal(101)}, "__all__"),
        ({"works": "长" * 501}, "works"),
        ({"stage": "magic"}, "stage"),
    ],
)
def test_what_the_table_cannot_hold_is_refused_on_its_field(people, changes, field):
    with pytest.raises(ValidationError) as refusal:
        draft_of(on_record(), people, content(**changes))
    assert field in refusal.value.message_dict
    assert not Report.objects.exists()


# Submitting


def test_a_submitted_report_waits_and_changes_nothing_public(people):
    report = submitted(on_record(), people)
    report.refresh_from_db()
    assert (report.state, report.version, report.is_late) == (SUBMITTED, 2, False)
    assert (report.submitted_by, report.submitted_at) == (people.reporter, AT)
    assert not Claim.objects.filter(origin="report").exists() and current_version() == OPENED


def test_all_that_is_wrong_is_said_at_once_and_the_draft_stays(people):
    report = draft_of(on_record(), people, content(stage="", to_date=yi(50)))
    with pytest.raises(Refused) as refusal:
        moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    assert codes(refusal) == ["stage_missing", "beyond_total"]
    report.refresh_from_db()
    assert (report.state, report.version) == (DRAFT, 1)


def test_a_soft_check_is_kept_with_its_reason(people):
    said = content(to_date=yi(50), confirmed={"beyond_total": " 追加投资 ", "stage_fell": "没有用到"})
    assert submitted(on_record(), people, said).confirmed == {"beyond_total": "追加投资"}


def test_one_amount_computes_the_other(people):
    of = on_record()
    published(of, Topic.INVESTED_TO_DATE, yi(10), source=source("year_end", published="2025-12-31"))
    report = submitted(of, people, content(to_date=None, this_year=Money(5000 * 10**4, "wan", 0)))
    assert report.amount("to_date") == Money(105_000 * 10**4, "wan", 0)
    other = on_record()
    published(other, Topic.INVESTED_TO_DATE, yi(10), source=source("year_end"))
    assert submitted(other, people, content(to_date=yi(12))).amount("this_year") == yi(2)


@pytest.mark.parametrize(
    ("on", "is_late"),
    [(CLOSES_ON, False), (CLOSES_ON + timedelta(days=1), True)],
)
def test_a_late_report_is_possible_and_marked(people, on, is_late):
    at = datetime(on.year, on.month, on.day, 1, tzinfo=UTC)
    assert submitted(on_record(), people, at=at).is_late is is_late


def test_after_a_round_was_closed_every_report_is_late(people):
    of, monthly_round = on_record(), month_round()
    rounds.close_round(monthly_round, by=people.reviewer, at=AT)
    assert submitted(of, people, monthly_round=monthly_round).is_late


def test_a_withdrawn_report_is_a_draft_again_until_it_is_reviewed(people):
    report = submitted(on_record(), people)
    report = moves.withdraw(report, expected=report.version, by=people.reporter, at=LATER)
    assert (report.state, report.submitted_by, report.submitted_at) == (DRAFT, None, None)
    report = moves.submit(report, expected=report.version, by=people.reporter, at=LATER)
    moves.approve(report, expected=report.version, by=people.reviewer, at=LATER)
    with pytest.raises(Refused, match="moved_on"):
        moves.withdraw(report, expected=report.version, by=people.reporter, at=LATER)


# Returning


def test_a_returned_report_has_its_note_and_comes_back(people):
    report = returned(on_record(), people, note=" Which lot? ")
    assert (report.state, report.return_note, report.returned_by) == (RETURNED, "Which lot?", people.reviewer)
    of, save = report.project, {"monthly_round": report.round, "by": people.reporter, "at": LATER}
    report = moves.save_draft(of, content(works="二标段"), expected=report.version, **save)
    assert report.state == RETURNED
    report = moves.submit(report, expected=report.version, by=people.reporter, at=LATER)
    assert (report.state, report.content().works, report.return_note) == (SUBMITTED, "二标段", "Which lot?")


def test_a_note_is_asked_for(people):
    report = submitted(on_record(), people)
    with pytest.raises(Refused, match="note_missing"):
        moves.return_(report, expected=report.version, note=" ", by=people.reviewer, at=AT)


def test_what_was_seen_is_what_is_approved(people):
    """Withdrawn and handed in again while the reviewer was reading."""
    seen = submitted(on_record(), people)
    draft_again = moves.withdraw(seen, expected=seen.version, by=people.reporter, at=LATER)
    moves.submit(draft_again, expected=draft_again.version, by=people.reporter, at=LATER)
    with pytest.raises(ChangedMeanwhile):
        moves.approve(seen, expected=seen.version, by=people.reviewer, at=LATER)
    assert current_version() == OPENED


# Approving


def test_approval_writes_a_source_and_claims_that_hold(people):
    promise = Promise("completed", fuzzy_dates.parse("2027-03"))
    said = content(this_year=yi(1), progress=Decimal("37.5"), works="主体封顶", promises=(promise,))
    report = approved(on_record(), people, said)
    assert (report.source.code, report.source.kind) == (f"report-{MONTH}-{report.project.code}", "report")
    assert (report.source.title, report.source.publisher) == (
        f"2026年2月月报 {report.project.code}",
        "发展改革委",
    )
    claims = Claim.objects.filter(source=report.source)
    assert {(one.topic, one.measure, one.period): one.value() for one in claims} == {
        ("stage", "", ""): "building",
        ("condition", "", ""): "active",
        ("invested_to_date", "", ""): MORE,
        ("invested_in_period", "", "2026"): yi(1),
        ("progress", "", ""): Number(Decimal("37.5"), "%"),
        ("works", "", ""): "主体封顶",
        ("promised", "completed", ""): promise.date,
    }
    for claim in claims:
        assert (claim.origin, claim.entered_by, claim.approved_by) == (
            "report",
            people.reporter,
            people.reviewer,
        )
        assert (claim.as_of, claim.known_on) == (END.isoformat(), TODAY)
    standing = today_of(report.project)
    assert (standing.stage, standing.invested_to_date) == ("building", MORE.yuan)
    assert not projection.rebuild(report.project), "the standing is what the claims say"
    assert actions()[-3:] == ["report.enter", "report.submit", "report.approve"] and verifies()
    assert current_version() == OPENED + 1


def test_a_report_stands_above_a_newspaper_of_the_same_day(people):
    of = on_record(said_in=source("same_day", published=END.isoformat()))
    report = approved(of, people, content(to_date=yi(12)))
    assert today_of(of).amounts["invested_to_date"]["ref"].startswith(report.source.code)


def test_a_report_handed_in_before_the_months_end_is_true_as_of_that_day(people):
    at = datetime(2026, 2, 26, 1, tzinfo=UTC)
    report = approved(on_record(), people, at=at)
    assert set(Claim.objects.filter(source=report.source).values_list("as_of", flat=True)) == {"2026-02-26"}


def test_approval_shows_at_the_next_request(client, people):
    of = on_record()
    pages = [
        f"/projects/{of.slug}/",
        "/data/projects.csv",
        "/data/claims.csv",
        f"/projects/{of.slug}/history/",
    ]
    report = submitted(of, people, content(works="主体封顶标记", to_date=Money(1_357_000_000, "yi", 2)))
    before = [client.get(page).content.decode() for page in pages]
    assert not any("13.57" in page or "1357000000" in page or "主体封顶标记" in page for page in before)
    moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    project_page, table, claims, history = (client.get(page).content.decode() for page in pages)
    assert "13.57" in project_page and "1357000000" in table
    assert "主体封顶标记" in claims and "主体封顶标记" in history
    assert report.round.month in client.get(f"/sources/report-{MONTH}-{of.code}/").content.decode()


def test_approving_twice_happens_once(people):
    report = submitted(on_record(), people)
    second = person("second_reviewer", Role.REVIEWER)
    moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    with pytest.raises(Refused, match="moved_on"):
        moves.approve(report, expected=report.version, by=second, at=LATER)
    assert Source.objects.filter(kind="report").count() == 1 == actions().count("report.approve")
    assert current_version() == OPENED + 1


@pytest.mark.parametrize("who", ["reporter", "other_reporter", "editor", "stranger"])
def test_who_may_not_review(people, who):
    report = submitted(on_record(), people)
    for act in (moves.approve, lambda *row, **kwargs: moves.return_(*row, note="x", **kwargs)):
        with pytest.raises(Refused, match="not_yours"):
            act(report, expected=report.version, by=getattr(people, who), at=AT)


@pytest.mark.parametrize("verb", ["enters", "saves", "submits"])
def test_nobody_approves_what_he_or_she_wrote_in(people, verb):
    both = person("both", Role.REPORTER, department=people.reporter.department)
    both.groups.add(*people.reviewer.groups.all())
    writers = {name: both if name == verb else people.reporter for name in ("enters", "saves", "submits")}
    of, monthly_round = on_record(), month_round()
    begun = {"monthly_round": monthly_round, "at": AT}
    moves.save_draft(of, content(), expected=0, by=writers["enters"], **begun)
    said = content(works="主体封顶")
    report = moves.save_draft(of, said, expected=1, by=writers["saves"], **begun)
    report = moves.submit(report, expected=report.version, by=writers["submits"], at=AT)
    with pytest.raises(Refused, match="own_report"):
        moves.approve(report, expected=report.version, by=both, at=AT)
    moves.approve(report, expected=report.version, by=people.reviewer, at=AT)


def test_who_hands_in_what_another_typed_has_not_written_it(people):
    """The form keeps a draft before it hands it in: the words stay those of who typed them."""
    both = person("both", Role.REPORTER, department=people.reporter.department)
    both.groups.add(*people.reviewer.groups.all())
    of, monthly_round, said = on_record(), month_round(), content(works="主体封顶")
    begun = {"monthly_round": monthly_round, "at": AT}
    moves.save_draft(of, content(), expected=0, by=people.reporter, **begun)
    moves.save_draft(of, said, expected=1, by=both, **begun)
    report = moves.save_draft(of, said, expected=2, by=people.reporter, **begun)
    report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    with pytest.raises(Refused, match="own_report"):
        moves.approve(report, expected=report.version, by=both, at=AT)


def test_who_typed_in_between_does_not_approve(people):
    both = person("both", Role.REPORTER, department=people.reporter.department)
    both.groups.add(*people.reviewer.groups.all())
    of, monthly_round = on_record(), month_round()
    for version, (who, works) in enumerate(
        [(people.reporter, "开挖"), (both, "浇筑"), (people.reporter, "封顶")]
    ):
        said = content(works=works)
        report = moves.save_draft(of, said, monthly_round=monthly_round, expected=version, by=who, at=AT)
    report = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    with pytest.raises(Refused, match="own_report"):
        moves.approve(report, expected=report.version, by=both, at=AT)


def test_a_fault_that_came_up_since_refuses_the_approval(people):
    of = on_record()
    report = submitted(of, people)
    published(of, Topic.INVESTED_TO_DATE, yi(20), source=source("news", published="2026-01-15"))
    with pytest.raises(Refused) as refusal:
        moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    assert codes(refusal) == ["record_moved_since", "figure_fell"]
    report.refresh_from_db()
    assert (report.state, current_version()) == (SUBMITTED, OPENED)
    assert not Source.objects.filter(kind="report").exists()


def test_a_wrong_figure_is_corrected_first_and_the_lower_one_passes(people):
    of = on_record()
    wrong = Claim.objects.get(project=of, topic=Topic.INVESTED_TO_DATE)
    report = draft_of(of, people, content(to_date=yi(8)))
    with pytest.raises(Refused):
        moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    right = approval.correction_of(
        wrong, source=wrong.source, value_yuan=yi(7).yuan, unit="yi", note="Read again."
    )
    approval.approve(approval.enter(right, by=people.editor, at=AT), by=people.second_editor, at=AT)
    handed = moves.submit(report, expected=report.version, by=people.reporter, at=AT)
    moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT)
    assert today_of(of).invested_to_date == yi(8).yuan


def test_whatever_fails_in_the_middle_undoes_all(people, monkeypatch):
    report = submitted(on_record(), people)
    entries = actions()

    def fail(*args, **kwargs):
        assert Claim.objects.filter(origin="report").exists()
        raise OSError("the disk is full")

    monkeypatch.setattr(moves.projection, "rebuild", fail)
    with pytest.raises(OSError, match="disk is full"):
        moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    report.refresh_from_db()
    assert (report.state, report.source, actions()) == (SUBMITTED, None, entries)
    assert not Claim.objects.filter(origin="report").exists() and current_version() == OPENED


def test_a_moved_date_says_why_in_public_and_the_first_promise_stays(people):
    of = on_record()
    published(of, Topic.PROMISED, fuzzy_dates.parse("2026-12"), measure="completed")
    projection.rebuild(of)
    moved = Promise("completed", fuzzy_dates.parse("2027-03"), "", "funding", "贷款未到")
    report = approved(of, people, content(promises=(moved,)))
    claim = Claim.objects.get(source=report.source, topic=Topic.PROMISED)
    assert claim.note.endswith("：贷款未到")
    [told] = today_of(of).milestones
    assert (told["first"][1], told["promised"][1]) == ("2026-12", "2027-03")


def test_a_date_that_stands_no_more_is_published_and_the_first_promise_stays(people):
    of = on_record()
    published(of, Topic.PROMISED, fuzzy_dates.parse("2026-12"), measure="completed")
    projection.rebuild(of)
    fallen = content(promises=(Promise("completed", UNDECIDED, "", "funding"),))
    draft = draft_of(of, people, fallen)
    assert draft.content().promises == fallen.promises
    handed = moves.submit(draft, expected=draft.version, by=people.reporter, at=AT)
    report = moves.approve(handed, expected=handed.version, by=people.reviewer, at=AT)
    claim = Claim.objects.get(source=report.source, topic=Topic.PROMISED)
    assert (claim.value_code, claim.value_date, claim.note) == ("tbd", "", "资金")
    [told] = today_of(of).milestones
    assert told["first"][1] == "2026-12" and told["undecided"] and "promised" not in told
    assert list(verification.of_reports()) == []


def test_a_late_report_of_an_earlier_month_leaves_the_later_one_standing(people):
    of = on_record()
    january, february = month_round("2026-01"), month_round()
    approved(of, people, content(to_date=yi(14)), monthly_round=february)
    approved(of, people, content(to_date=yi(12)), monthly_round=january)
    assert today_of(of).invested_to_date == yi(14).yuan
    held = Standing.objects.on(date(2026, 2, 10), TODAY).get(project=of)
    assert held.invested_to_date == yi(12).yuan


# Nothing changed


def test_nothing_changed_states_stage_and_amounts_again(people):
    of = on_record()
    published(of, Topic.PROMISED, fuzzy_dates.parse("2026-12"), measure="completed")
    outcome = moves.nothing_changed([of], monthly_round=month_round(), by=people.reporter, at=AT)
    [report] = outcome.done
    assert (report.state, report.is_unchanged, outcome.refused) == (SUBMITTED, True, [])
    report = moves.approve(report, expected=report.version, by=people.reviewer, at=AT)
    said = Claim.objects.filter(source=report.source).values_list("topic", "as_of")
    assert set(said) == {("stage", END.isoformat()), ("invested_to_date", END.isoformat())}
    assert today_of(of).last_known_on == TODAY


def test_several_are_reported_each_by_itself(people):
    good, begun, foreign = on_record(), on_record(), on_record(department=people.other_reporter.department)
    silent = on_record()
    draft_of(begun, people, content(works="已写的字"))
    outcome = moves.nothing_changed(
        [good, begun, foreign, silent], monthly_round=month_round(), by=people.reporter, at=AT
    )
    assert [one.project for one in outcome.done] == [good, silent]
    [(first, exists), (second, not_yours)] = outcome.refused
    assert (first, exists.faults[0].code) == (begun, "report_exists")
    assert (second, not_yours.code) == (foreign, "not_yours")
    assert Report.objects.get(project=begun).works == "已写的字"


def test_a_pause_goes_on_with_its_reason_and_is_explained_anew_each_quarter(people):
    of = on_record()
    pause = Pause("资金未到位", fuzzy_dates.parse("2026-09"), "仍在筹措")
    paused = content(condition=Condition.PAUSED.value, pause=pause)
    report = approved(of, people, paused)
    assert Claim.objects.get(source=report.source, topic="condition").note == "资金未到位"
    assert today_of(of).condition == "paused"
    march, april = month_round("2026-03"), month_round("2026-04")
    outcome = moves.nothing_changed([of], monthly_round=march, by=people.reporter, at=IN_APRIL)
    assert outcome.done[0].content().pause == replace(pause, note="")
    moves.approve(outcome.done[0], expected=outcome.done[0].version, by=people.reviewer, at=IN_APRIL)
    in_may = datetime(2026, 5, 2, 1, tzinfo=UTC)
    outcome = moves.nothing_changed([of], monthly_round=april, by=people.reporter, at=in_may)
    assert [fault.code for fault in outcome.refused[0][1].faults] == ["pause_note_due"]
    assert not Report.objects.filter(round=april).exists(), "nothing half done stays behind"


# Several at once


def test_only_plain_reports_are_approved_together(people):
    plain, doubted, troubled = (on_record() for _ in range(3))
    said = content(to_date=yi(50), confirmed={"beyond_total": "追加投资"})
    reports = [submitted(plain, people, PLAIN), submitted(doubted, people, said)]
    report = draft_of(troubled, people)
    report.problems.create(
        department=report.department,
        text="征地",
        due_on=TODAY,
        raised_on=TODAY,
        raised_by=people.reporter,
    )
    reports.append(moves.submit(report, expected=report.version, by=people.reporter, at=AT))
    outcome = moves.approve_several([(one, one.version) for one in reports], by=people.reviewer, at=AT)
    assert [one.project for one in outcome.done] == [plain]
    assert [(of, why.code) for of, why in outcome.refused] == [
        (doubted, "needs_a_look"),
        (troubled, "needs_a_look"),
    ]
    assert Report.objects.public().count() == 1


def test_the_audit_keeps_who_did_what_and_of_a_draft_the_names_of_its_fields(people):
    report = returned(on_record(), people, content(works="第一稿"))
    entries = AuditEntry.objects.filter(subject=f"{MONTH} {report.project.code}").order_by("number")
    assert [(one.action, one.by) for one in entries] == [
        ("report.enter", people.reporter),
        ("report.submit", people.reporter),
        ("report.return", people.reviewer),
    ]
    last = entries.last()
    assert last.before == {"state": "submitted", "version": 2}
    names = ["condition", "note", "stage", "to_date", "works"]
    assert last.after == {"state": "returned", "version": 3, "is_late": False, "fields": names}
    assert {one.report for one in entries} == {report}


def test_of_a_published_report_the_audit_keeps_everything(people):
    report = approved(on_record(), people, content(works="第一稿"))
    last = AuditEntry.objects.get(action="report.approve")
    assert (last.after["state"], last.after["works"], last.report) == ("approved", "第一稿", report)


def test_a_claim_of_a_report_is_corrected_like_any_other(people):
    report = approved(on_record(), people)
    wrong = Claim.objects.get(source=report.source, topic=Topic.INVESTED_TO_DATE)
    said = {"corrects": wrong, "as_of": wrong.as_of, "method": wrong.method}
    right = draft(report.project, Topic.INVESTED_TO_DATE, yi(12), **said)
    approval.approve(approval.enter(right, by=people.editor, at=LATER), by=people.reviewer, at=LATER)
    assert today_of(report.project).invested_to_date == yi(12).yuan


def test_a_fourth_nothing_changed_in_a_row_is_no_click(people):
    of = on_record()
    for month in ("2025-11", "2025-12", "2026-01"):
        assert moves.nothing_changed([of], monthly_round=month_round(month), by=people.reporter, at=AT).done
    outcome = moves.nothing_changed([of], monthly_round=month_round(), by=people.reporter, at=AT)
    [(project, refused)] = outcome.refused
    assert (project, refused.code, outcome.done) == (of, "unchanged_again", [])
