"""Every named constraint refuses a row that breaks it, in the database and with a sentence for people.

A constraint without a case here fails the suite, and so does a case without its constraint.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from projects.choices import Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.rectangles import FOREVER
from projects.models import (
    Attachment,
    AuditEntry,
    Batch,
    DataVersion,
    Delivery,
    FileReading,
    HidingRequest,
    Indicator,
    KeptText,
    Notice,
    Place,
    PortfolioTally,
    Problem,
    Project,
    ProjectEvent,
    ProjectMilestone,
    QuarterlyStage,
    Report,
    ReportDate,
    ReportWriter,
    RoundLine,
    SheetMemory,
    SourceUse,
    Standing,
    Tip,
    Workbook,
)
from projects.models.constraints import sentence_of
from projects.models.fields import FuzzyDateField
from tests.cast import (
    AT,
    alias,
    department,
    draft,
    indicator,
    neighbour,
    organisation,
    party,
    person,
    place,
    place_source,
    project,
    published,
    section,
    source,
    statistic,
)
from tests.cast import stand_in as further_unit
from tests.paperwork import month_round

MODELS = list(apps.get_app_config("projects").get_models())
CONSTRAINTS = {
    constraint.name: (model, constraint) for model in MODELS for constraint in model._meta.constraints
}

FORTY = Money(40 * 10**8, "yi", 0)
TOTAL = Topic.TOTAL_INVESTMENT


def stage(**changes) -> models.Model:
    return changed(published(project()), **changes)


def total(**changes) -> models.Model:
    return changed(published(project(), TOTAL, FORTY), **changes)


def dated(**changes) -> models.Model:
    on = fuzzy_dates.parse("2024-10")
    return changed(published(project(), Topic.ACTUAL, on, measure="started"), **changes)


def round_line() -> models.Model:
    return saved(RoundLine(round=month_round(), project=project()))


def undecided(**changes) -> models.Model:
    """A promise of 待定."""
    return changed(published(project(), Topic.PROMISED, "tbd", measure="started"), **changes)


def of_funds(row: models.Model) -> dict:
    """A claim's topic that takes a method; a statistic takes one anyway."""
    return {"topic": Topic.FUNDS} if hasattr(row, "topic") else {}


def figure(**changes) -> models.Model:
    return changed(statistic(FORTY), **changes)


def corrected_twice(row: models.Model) -> models.Model:
    """Two approved rows that correct the same one; gives the second, unsaved."""
    first, second = (changed(row, ref=ref, corrects=row) for ref in ("first", "second"))
    first.save()
    return second


def standing(**changes) -> models.Model:
    days = {"asof_from": date(2024, 1, 1), "asof_to": date(2025, 1, 1)}
    days |= {"known_from": date(2024, 1, 1), "known_to": date(2025, 1, 1)}
    row = Standing(project=project(), last_known_on=date(2024, 1, 1), **days)
    row.save()
    return changed(row, **{"asof_from": date(2020, 1, 1)} | changes)


def milestone() -> models.Model:
    days = {name: date(2024, 1, 1) for name in ("asof_from", "known_from")}
    days |= dict.fromkeys(("asof_to", "known_to"), FOREVER)
    return ProjectMilestone.objects.create(
        project=project(), position=0, milestone="started", told={}, **days
    )


def used() -> models.Model:
    return SourceUse.objects.create(project=project(), source=source(), is_drawn_on=True, claims=1)


def happened() -> models.Model:
    day = date(2024, 1, 1)
    of = project()
    return ProjectEvent.objects.create(project=of, what="new", day=day, known_on=day, claim=published(of))


def monthly(**changes) -> models.Model:
    """A returned report that somebody else may approve, with other values."""
    reporter, reviewer = person("reporter"), person("reviewer")
    fields = {"round": month_round(), "project": project(), "department": department()}
    fields |= {f"{verb}_by": reporter for verb in ("entered", "saved", "submitted")}
    fields |= {f"{verb}_at": AT for verb in ("entered", "saved", "submitted", "returned")}
    fields |= {"returned_by": reviewer, "return_note": "Which lot?", "state": "returned"}
    fields |= {"to_date_yuan": 10**8, "to_date_unit": "yi", "progress": 40, "pause_resumes": "2026-09"}
    return changed(Report.objects.create(**fields), **{"project": project()} | changes)


def approved_by(username: str) -> models.Model:
    row = monthly(state="approved", approved_at=AT, source=source())
    row.approved_by = type(row.entered_by).objects.get(username=username)
    return row


def promised(**changes) -> models.Model:
    report = saved(monthly())
    row = ReportDate.objects.create(report=report, milestone="completed", date="2026-12")
    return changed(row, **{"milestone": "operating"} | changes)


def near(changes: Callable[[models.Model], dict]) -> models.Model:
    row = neighbour(project(), project())
    return changed(row, **changes(row))


def tip(**changes) -> Tip:
    return Tip(**{"kind": "wrong", "text": "x", "received_at": AT, "due_on": date(2026, 3, 9)} | changes)


def closed_tip(**changes) -> Tip:
    told = {"verdict": "confirmed", "answer": "x", "days": 1, "closed_at": AT, "closed_by": person("closer")}
    return tip(**told | changes)


def batch(**changes) -> Batch:
    by = changes.pop("by", None) or person(f"importer{Batch.objects.count()}")
    told = {"file_name": "表.xlsx", "digest": "1f", "entered_by": by, "entered_at": AT, "saved_at": AT}
    return Batch(**told | changes)


def sent_batch(**changes) -> Batch:
    by = person(f"sender{Batch.objects.count()}")
    return batch(**{"by": by, "state": "sent", "sent_by": by, "sent_at": AT, "source": source()} | changes)


def withdrawn_twice() -> Batch:
    of = saved(sent_batch())
    saved(sent_batch(withdraws=of, why="the wrong month"))
    return sent_batch(withdraws=of, why="the wrong month")


def problem(**changes) -> models.Model:
    report = saved(monthly())
    fields = {"due_on": date(2026, 4, 1), "raised_on": date(2026, 3, 2), "raised_by": report.entered_by}
    row = Problem.objects.create(report=report, department=department(), text="征地未完", **fields)
    return changed(row, **changes)


def attached(**changes) -> models.Model:
    """A photo, with other values."""
    report = saved(monthly())
    fields = {"kind": "photo", "name": "a.jpg", "width": 4, "height": 3, "size": 9, "sha256": "1f"}
    row = Attachment.objects.create(report=report, added_by=report.entered_by, added_at=AT, **fields)
    return changed(row, **{"name": "b.jpg", "sha256": "2f"} | changes)


def written_twice() -> models.Model:
    report = saved(monthly())
    return ReportWriter(report=report, user=report.writers.create(user=report.entered_by).user)


def a_round(**changes) -> models.Model:
    days = {"opens_on": date(2026, 3, 25), "closes_on": date(2026, 4, 5)}
    return changed(month_round(), **{"month": "2026-03"} | days | changes)


def entry(**changes) -> models.Model:
    fields = {"number": 1, "at": AT, "action": "round.open", "subject": "2026-02", "reach": "rounds"}
    return AuditEntry(**fields | {"previous_hash": "0" * 64, "hash": "1" * 64} | changes)


def kept(row: models.Model) -> models.Model:
    row.save()
    return row


def notice(**changes) -> models.Model:
    fields = {"kind": "round_opened", "role": "Reporter", "made_at": AT, "key": "k1"}
    row = Notice.objects.create(user=person("reporter"), department=department(), **fields)
    return changed(row, **changes)


def delivery(**changes) -> models.Model:
    fields = {"channel": "email", "made_at": AT, "try_after": AT, "key": "k1"}
    return changed(Delivery.objects.create(recipient=person("reporter"), **fields), **changes)


def saved(row: models.Model) -> models.Model:
    row.save()
    return row


def kept_text(**changes) -> models.Model:
    row = KeptText.objects.create(user=person("reporter"), path="/desk/", fields={}, kept_at=AT)
    return changed(row, **{"path": "/desk/other/"} | changes)


def sheet_memory(**changes) -> models.Model:
    row = SheetMemory.objects.create(sender="发改委", shape="", saved_at=AT)
    return changed(row, **{"shape": "1f"} | changes)


def workbook(**changes) -> models.Model:
    row = Workbook.objects.create(entered_by=person("editor"), digest="1f", data=b"PK", entered_at=AT)
    return changed(row, **{"digest": "2f"} | changes)


def file_reading(**changes) -> models.Model:
    row = FileReading.objects.create(entered_by=person("editor"), digest="1f", started_at=AT)
    return changed(row, **{"digest": "2f"} | changes)


def wish(**changes) -> models.Model:
    row = HidingRequest(project=project(), reason="重复", asked_by=person("asks"), asked_at=AT)
    return changed(row, **changes)


def wish_of_itself() -> models.Model:
    row = wish()
    row.same_as = row.project
    return row


def stand_in(**changes) -> models.Model:
    row = further_unit(person("reporter"), department("jiaotong"), date(2026, 3, 2))
    return changed(row, **{"first_on": date(2026, 3, 3)} | changes)


def changed(row: models.Model, **changes) -> models.Model:
    """A copy with other values, unsaved, whose own key is free: what was valid breaks one rule now."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    copy = type(row)(**values | {"id": None})
    for field in row._meta.concrete_fields:
        is_text = isinstance(field, models.CharField) and not isinstance(field, FuzzyDateField)
        if field.unique and is_text and field.attname not in changes:
            setattr(copy, field.attname, f"{getattr(row, field.attname)[:-1]}9")
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def itself(row: models.Model) -> models.Model:
    """A row, saved, that is to become its own parent."""
    row.parent = row
    return row


BREAKS = {
    # What claims and statistics share
    "{}_as_of_before_known_on": lambda row: changed(row, known_on=date(2024, 10, 16)),
    "{}_value_date_bounds": lambda row: changed(row, value_date_latest=date(2024, 1, 1)),
    "{}_figure_has_unit": lambda row: changed(row, unit=""),
    "{}_qualifier_fits_value": lambda row: changed(row, qualifier="roughly"),
    "{}_method_known": lambda row: changed(row, method="rumour", **of_funds(row)),
    "{}_basis_origin_known": lambda row: changed(row, basis="guessed"),
    "{}_approved_not_refused": lambda row: changed(row, refused_at=AT),
    "{}_corrected_once": corrected_twice,
}
CASES = (
    {
        name.format("claim"): lambda breaks=breaks: breaks(published(project(), TOTAL, FORTY))
        for name, breaks in BREAKS.items()
    }
    | {
        name.format("statistic"): lambda breaks=breaks: breaks(statistic(FORTY))
        for name, breaks in BREAKS.items()
    }
    | {
        "claim_value_fits_topic": lambda: total(topic=Topic.FUNDS, value_text="and words"),
        "claim_topic_known": lambda: stage(topic="colour", value_code="", corrects=published(project())),
        "claim_printed_as_has_figure": lambda: stage(printed_as="翻番"),
        "claim_value_code_known": lambda: stage(value_code="paused"),
        "claim_date_has_milestone": lambda: dated(measure=""),
        "claim_actual_unqualified": lambda: dated(qualifier="expected"),
        "claim_method_fits_topic": lambda: total(method="platform"),
        "claim_capacity_has_measure": lambda: changed(
            published(project(), TOTAL, FORTY),
            topic=Topic.CAPACITY,
            value_yuan=None,
            value_number=3,
            unit="t",
        ),
        "statistic_value_one_figure": lambda: figure(value_yuan=None, unit=""),
        "place_kind_known": lambda: changed(place(), kind="planet", name="y"),
        "place_point_whole": lambda: changed(place(), latitude=29, longitude=106, name="y"),
        "place_parent_another": lambda: itself(place()),
        "source_file_kind_has_digest": lambda: changed(source(), sha256="0" * 64),
        "source_kind_known": lambda: changed(source(), kind="rumour"),
        "source_published_basis_known": lambda: changed(source(), published_basis="guessed"),
        "sourcesection_number_once": lambda: changed(section(), position=2),
        "sourcesection_position_once": lambda: changed(section(), number="2"),
        "indicator_group_known": lambda: changed(indicator(), group="sport"),
        "organisation_credit_code_once": lambda: changed(
            organisation(credit_code="91350100M000100Y43"), name="y"
        ),
        "project_cadence_known": lambda: changed(project(), cadence="daily"),
        "quarterlystage_stage_known": lambda: QuarterlyStage(stage="limbo"),
        "project_kind_known": lambda: changed(project(), kind="magic"),
        "project_record_type_known": lambda: changed(project(), record_type="dream"),
        "project_sector_known": lambda: changed(project(), sector="magic"),
        "project_funding_known": lambda: changed(project(), funding="luck"),
        "project_parent_another": lambda: itself(project()),
        "project_own_place_once": lambda: changed(project(own_place=place())),
        "neighbour_another": lambda: near(lambda row: {"neighbour": row.project}),
        "neighbour_nearness_known": lambda: near(lambda row: {"nearness": "far", "project": project()}),
        "neighbour_pair_once": lambda: near(lambda row: {"project": row.neighbour, "neighbour": row.project}),
        "neighbour_source_or_note": lambda: near(lambda row: {"note": "", "project": project()}),
        "placesource_source_or_note": lambda: changed(
            place_source(project(), place()), note="", project=project()
        ),
        "alias_kind_known": lambda: changed(alias(project()), kind="nickname"),
        "projectparty_role_once": lambda: changed(party(project())),
        "projectparty_role_known": lambda: changed(party(project()), role="dreamer"),
        "standing_corner_once": lambda: standing(asof_from=date(2024, 1, 1)),
        "standing_rectangle_has_inside": lambda: standing(asof_to=date(2019, 1, 1)),
        "standing_stage_stage_basis_stage_qualifier_known": lambda: standing(stage="dreaming"),
        "standing_stage_last_said_basis_known": lambda: standing(stage_last_said_basis="guessed"),
        "standing_condition_known": lambda: standing(condition="asleep"),
        "projectmilestone_once": lambda: changed(milestone()),
        "projectmilestone_has_inside": lambda: changed(milestone(), asof_to=date(2019, 1, 1)),
        "sourceuse_once": lambda: changed(used()),
        "projectevent_has_inside": lambda: changed(happened(), known_until=date(2024, 1, 1)),
        "portfoliotally_once": lambda: changed(PortfolioTally.objects.create(what="kind")),
        "dataversion_one_row": lambda: DataVersion(id=2),
        "round_month_once": lambda: a_round(month="2026-02"),
        "round_days_in_order": lambda: a_round(opens_on=date(2026, 2, 28)),
        "round_closed_after_opened": lambda: a_round(closed_at=AT - timedelta(days=1)),
        "round_closed_or_called_off": lambda: a_round(called_off_at=AT),
        "roundline_once": lambda: changed(round_line()),
        "roundline_state_known": lambda: changed(round_line(), state="lost"),
        "report_project_once_a_round": lambda: changed(saved(monthly())),
        "reportwriter_user_once": written_twice,
        "report_state_known": lambda: monthly(state="lost"),
        "report_stage_condition_known": lambda: monthly(stage="dreaming"),
        "report_amount_has_unit": lambda: monthly(to_date_unit=""),
        "report_progress_percentage": lambda: monthly(progress=101),
        "report_pause_resumes_bounds": lambda: monthly(pause_resumes_latest=None),
        "report_submitted_by_set": lambda: monthly(submitted_by=None),
        "report_return_note_set": lambda: monthly(return_note=""),
        "report_approved_by_set": lambda: monthly(state="approved"),
        "report_approved_by_another": lambda: approved_by("reporter"),
        "reportdate_milestone_once": lambda: promised(milestone="completed"),
        "reportdate_milestone_known": lambda: promised(milestone="party"),
        "reportdate_qualifier_of_promise": lambda: promised(qualifier="expected", is_actual=True),
        "reportdate_reason_known": lambda: promised(reason="weariness"),
        "reportdate_date_bounds": lambda: promised(date_earliest=date(2027, 1, 1)),
        "reportdate_none_stands_of_promise": lambda: promised(date="", is_actual=True),
        "problem_due_after_raised": lambda: problem(due_on=date(2026, 3, 1)),
        "problem_closed_by_set": lambda: problem(closed_at=AT),
        "batch_state_known": lambda: sent_batch(state="lost"),
        "batch_sent_whole": lambda: sent_batch(source=None),
        "batch_approved_whole": lambda: sent_batch(state="approved", approved_at=AT),
        "batch_refused_whole": lambda: sent_batch(
            state="refused", refused_at=AT, refused_by=person("refuses")
        ),
        "batch_withdraws_another": lambda: sent_batch(withdraws=saved(sent_batch())),
        "batch_part_from_one": lambda: sent_batch(part=2),
        "batch_waits_once": lambda: sent_batch(digest=saved(sent_batch()).digest),
        "batch_withdrawn_once": withdrawn_twice,
        "sheetmemory_once": lambda: sheet_memory(shape=""),
        "workbook_once": lambda: workbook(digest="1f"),
        "filereading_once": lambda: file_reading(digest="1f"),
        "hidingrequest_state_known": lambda: wish(state="lost"),
        "hidingrequest_has_reason": lambda: wish(reason=""),
        "hidingrequest_decided_whole": lambda: wish(decided_at=AT),
        "hidingrequest_refused_with_reason": lambda: wish(refused_why="否"),
        "hidingrequest_shown_whole": lambda: wish(shown_at=AT),
        "hidingrequest_same_as_another": lambda: wish_of_itself(),
        "hidingrequest_one_open": lambda: changed(saved(wish())),
        "tip_kind_known": lambda: tip(kind="gossip"),
        "tip_verdict_known": lambda: closed_tip(verdict="perhaps", answer="", days=None),
        "tip_once": lambda: tip(digest=saved(tip(digest="1f")).digest),
        "tip_closed_whole": lambda: tip(closed_at=AT),
        "tip_answered_in_words": lambda: closed_tip(answer=""),
        "furtherunit_days_in_order": lambda: stand_in(last_on=date(2026, 3, 1)),
        "furtherunit_once": lambda: changed(saved(stand_in())),
        "kepttext_path_once": lambda: kept_text(path="/desk/"),
        "attachment_file_once": lambda: attached(sha256="1f"),
        "attachment_kind_fits_file": lambda: attached(kind="film"),
        "attachment_file_not_empty": lambda: attached(size=0),
        "notice_kind_known": lambda: notice(kind="gossip"),
        "notice_role_has_department": lambda: notice(role="Editor"),
        "delivery_channel_has_recipient": lambda: delivery(channel="pigeon"),
        "delivery_tried_before_sent": lambda: delivery(sent_at=AT),
        "auditentry_reach_known": lambda: entry(reach="everybody"),
        "auditentry_report_named": lambda: entry(reach="report"),
    }
)
# Further ways to break a rule that has several halves.
FURTHER = [
    ("claim_as_of_before_known_on", lambda: total(as_of_earliest=date(2025, 1, 1))),
    ("claim_value_date_bounds", lambda: dated(value_date_earliest=None)),
    ("claim_value_date_bounds", lambda: dated(value_date="2024-13")),
    ("claim_value_date_bounds", lambda: dated(value_date_earliest=date(2025, 1, 1))),
    ("claim_figure_has_unit", lambda: total(unit="dollars")),
    ("claim_qualifier_fits_value", lambda: stage(qualifier="about")),
    ("claim_qualifier_fits_value", lambda: stage(value_code="completed", qualifier="nearly")),
    ("claim_qualifier_fits_value", lambda: stage(qualifier="nearly", basis="inferred")),
    ("claim_qualifier_fits_value", lambda: undecided(qualifier="expected")),
    ("claim_value_fits_topic", lambda: undecided(value_text="later")),
    ("claim_value_code_known", lambda: stage(value_code="tbd")),
    ("claim_basis_origin_known", lambda: stage(origin="hearsay")),
    ("claim_value_fits_topic", lambda: stage(value_code="")),
    ("claim_value_fits_topic", lambda: stage(value_yuan=1, unit="yuan")),
    ("claim_value_fits_topic", lambda: total(topic=Topic.WORKS)),
    ("claim_value_code_known", lambda: stage(topic=Topic.CONDITION)),
    ("statistic_value_one_figure", lambda: figure(value_text="百亿级")),
    ("place_point_whole", lambda: changed(place(), point_source=source(), name="y")),
    ("standing_rectangle_has_inside", lambda: standing(known_to=date(2024, 1, 1))),
    ("standing_stage_stage_basis_stage_qualifier_known", lambda: standing(stage_basis="guessed")),
    (
        "round_days_in_order",
        lambda: a_round(closes_on=date(2026, 3, 25)),
    ),
    ("report_stage_condition_known", lambda: monthly(condition="asleep")),
    ("report_amount_has_unit", lambda: monthly(to_date_yuan=-1)),
    ("report_amount_has_unit", lambda: monthly(this_year_unit="yi")),
    ("report_pause_resumes_bounds", lambda: monthly(pause_resumes_earliest=date(2030, 1, 1))),
    ("report_submitted_by_set", lambda: monthly(state="draft")),
    ("report_return_note_set", lambda: monthly(returned_by=None)),
    ("report_approved_by_set", lambda: monthly(source=source())),
    ("problem_closed_by_set", lambda: problem(closing_word="done")),
    ("tip_closed_whole", lambda: closed_tip(closed_by=None)),
    ("tip_closed_whole", lambda: closed_tip(verdict="", answer="", days=None)),
    ("tip_answered_in_words", lambda: closed_tip(days=None)),
    ("tip_answered_in_words", lambda: closed_tip(verdict="unrelated", days=None)),
    ("attachment_kind_fits_file", lambda: attached(width=None)),
    ("attachment_kind_fits_file", lambda: attached(height=0)),
    ("attachment_kind_fits_file", lambda: attached(name="b.html")),
    ("attachment_kind_fits_file", lambda: attached(kind="paper", name="b.pdf")),
    ("attachment_file_not_empty", lambda: attached(sha256="")),
    ("notice_role_has_department", lambda: notice(role="Reviewer")),
    ("notice_role_has_department", lambda: notice(department=None)),
    ("delivery_channel_has_recipient", lambda: delivery(recipient=None)),
    ("delivery_channel_has_recipient", lambda: delivery(channel="webhook")),
    ("auditentry_report_named", lambda: entry(report=kept(monthly()))),
]


def test_every_constraint_has_a_case():
    assert set(CASES) == set(CONSTRAINTS)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_name_is_short_and_begins_with_its_table(name):
    table = CONSTRAINTS[name][0]._meta.model_name
    assert re.fullmatch(rf"{table}(_[a-z]+)+", name) and len(name) <= 50


def test_every_model_is_walked():
    """The walk above sees the tables it is about."""
    assert {"Claim", "Statistic", "Project", "Standing"} <= {model.__name__ for model in MODELS}
    assert len(CONSTRAINTS) > 30


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "broken"), [*CASES.items(), *FURTHER], ids=lambda case: case if isinstance(case, str) else ""
)
def test_the_database_refuses_a_row_that_breaks_it(name, broken):
    model, constraint = CONSTRAINTS[name]
    row = broken()
    assert isinstance(row, model)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save()
        connection.check_constraints()
    if (
        connection.vendor == "sqlite"
        and isinstance(constraint, models.UniqueConstraint)
        and constraint.fields
    ):
        # SQLite names the columns, of an expression the index.
        assert f"{model._meta.db_table}.{constraint.fields[0]}" in str(refusal.value)
    else:
        assert constraint.name in str(refusal.value)


@pytest.mark.django_db
@pytest.mark.parametrize("name", CASES)
def test_a_form_says_in_a_sentence_what_is_wrong(name):
    """The very sentence of the constraint, not Django's “Constraint “%(name)s” is violated.”"""
    model, constraint = CONSTRAINTS[name]
    said = str(constraint.violation_error_message)
    assert said != str(constraint.default_violation_error_message)
    with pytest.raises(ValidationError) as refusal:
        constraint.validate(model, CASES[name]())
    assert name not in str(refusal.value)


@pytest.mark.django_db
def test_what_the_cases_start_from_is_valid():
    """The control: each row is refused for what it breaks, not for something else."""
    nearly = published(project(), value="completed", qualifier="nearly", basis="inferred", note="x")
    for row in (published(project()), published(project(), TOTAL, FORTY), statistic(FORTY), nearly):
        changed(row, ref=f"{row.ref} again").save()
    for row in (place(), source(), indicator(), organisation(credit_code="91350100M000100Y43")):
        row.full_clean(exclude=["note"])
    undecided(ref="u").save()
    dated(ref="d", topic=Topic.PROMISED, qualifier="expected").save()
    total(ref="t", topic=Topic.FUNDS, method="platform").save()
    standing().save()
    month_round().full_clean()
    a_round().save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make",
    [monthly, lambda: approved_by("reviewer"), promised, problem, notice, delivery, kept_text, sent_batch],
    ids=["report", "approved", "date", "problem", "notice", "delivery", "kept text", "imported file"],
)
def test_what_the_cases_of_the_desk_start_from_is_valid(make):
    make().save()


@pytest.mark.django_db
@pytest.mark.parametrize("wrote", ["entered_by", "saved_by", "submitted_by"])
def test_whoever_wrote_in_a_report_never_approves_it(wrote):
    row = approved_by("reviewer")
    setattr(row, wrote, row.approved_by)
    with pytest.raises(IntegrityError, match="report_approved_by_another"):
        row.save()


@pytest.mark.django_db
def test_a_withdrawal_has_no_value_and_names_what_it_withdraws():
    wrong = published(project(), TOTAL, FORTY)
    draft(
        wrong.project, TOTAL, None, ref="w", corrects=wrong, known_on=date(2024, 10, 18), entered_at=AT
    ).save()
    nothing = draft(wrong.project, TOTAL, None, ref="n", known_on=date(2024, 10, 18), entered_at=AT)
    with pytest.raises(IntegrityError, match="claim_value_fits_topic"):
        nothing.save()


def unchecked(table: type[models.Model]) -> set[str]:
    """The fields with choices whose codes no constraint asks for."""
    checks = [one for one in table._meta.constraints if isinstance(one, models.CheckConstraint)]
    checked = {name for one in checks for name in _columns(one.condition)}
    return {field.name for field in table._meta.fields if field.choices} - checked


def _columns(condition) -> set[str]:
    found = set()
    for child in condition.children:
        found |= {child[0].split("__")[0]} if isinstance(child, tuple) else _columns(child)
    return found


@pytest.mark.parametrize("table", MODELS)
def test_every_stored_choice_is_checked_by_the_database(table):
    """A CheckConstraint behind every choice."""
    assert unchecked(table) == set()


def test_control_a_choice_without_its_constraint_is_found(monkeypatch):
    monkeypatch.setattr(Indicator._meta, "constraints", [])
    assert unchecked(Indicator) == {"group"}


def refused(table: type[models.Model], words: str) -> str:
    return sentence_of(IntegrityError(words), table)


def test_what_the_database_refuses_is_said_in_the_sentence_of_its_constraint():
    said = str(CONSTRAINTS["place_kind_known"][1].violation_error_message)
    assert refused(Place, "CHECK constraint failed: place_kind_known") == said
    assert refused(Place, 'violates check constraint "place_kind_known"\nDETAIL: Failing row (1)') == said
    doubled = "UNIQUE constraint failed: projects_report.round_id, projects_report.project_id"
    once = CONSTRAINTS["report_project_once_a_round"][1].violation_error_message
    assert refused(Report, doubled) == str(once)
    assert refused(Project, "disk I/O error") == "disk I/O error"
