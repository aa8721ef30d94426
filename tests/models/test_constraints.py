"""Every named constraint refuses a row that breaks it, in the database and with a sentence for people.

A constraint without a case here fails the suite, and so does a case without its constraint.
"""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from projects.choices import Topic
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.models import (
    Attachment,
    AuditEntry,
    DataVersion,
    Delivery,
    Indicator,
    KeptText,
    Notice,
    Organisation,
    Place,
    Problem,
    Project,
    Report,
    ReportDate,
    ReportWriter,
    Source,
    Standing,
)
from projects.models.fields import FuzzyDateField
from tests.cast import (
    AT,
    alias,
    department,
    draft,
    indicator,
    organisation,
    party,
    person,
    place,
    project,
    published,
    section,
    source,
    statistic,
)
from tests.paperwork import month_round

MODELS = list(apps.get_app_config("projects").get_models())
CONSTRAINTS = {
    constraint.name: (model, constraint) for model in MODELS for constraint in model._meta.constraints
}
# Written by programs alone: nobody meets their constraints in a form.
UNEDITED = (DataVersion, Delivery, KeptText, Notice, Standing)

FORTY = Money(40 * 10**8, "yi", 0)
TOTAL = Topic.TOTAL_INVESTMENT


def stage(**changes) -> models.Model:
    return changed(published(project()), **changes)


def total(**changes) -> models.Model:
    return changed(published(project(), TOTAL, FORTY), **changes)


def dated(**changes) -> models.Model:
    on = fuzzy_dates.parse("2024-10")
    return changed(published(project(), Topic.ACTUAL, on, measure="started"), **changes)


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
    "a {} is true before it is known": lambda row: changed(row, known_on=date(2024, 10, 16)),
    "a {} date has both bounds": lambda row: changed(row, value_date_latest=date(2024, 1, 1)),
    "a {} figure has its unit": lambda row: changed(row, unit=""),
    "a {} qualifier stands beside a figure": lambda row: changed(row, qualifier="roughly"),
    "a {} has a known basis and origin": lambda row: changed(row, basis="guessed"),
    "a {} is not both approved and refused": lambda row: changed(row, refused_at=AT),
    "a {} is corrected at most once": corrected_twice,
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
        "a claim has the one value its topic takes": lambda: total(topic=Topic.FUNDS, value_text="and words"),
        "a claim is on a known topic": lambda: stage(
            topic="colour", value_code="", corrects=published(project())
        ),
        "a claim figure alone is printed otherwise": lambda: stage(printed_as="翻番"),
        "a stage or condition is a known code": lambda: stage(value_code="paused"),
        "a promised or actual date has its milestone": lambda: dated(measure=""),
        "a capacity has its measure": lambda: changed(
            published(project(), TOTAL, FORTY),
            topic=Topic.CAPACITY,
            value_yuan=None,
            value_number=3,
            unit="t",
        ),
        "a statistic is one figure": lambda: figure(value_yuan=None, unit=""),
        "a place is of a known kind": lambda: changed(place(), kind="planet", name="y"),
        "a point is whole and has a source": lambda: changed(place(), latitude=29, longitude=106, name="y"),
        "a place does not lie in itself": lambda: itself(place()),
        "a file of a source has its kind and digest": lambda: changed(source(), sha256="0" * 64),
        "a source is of a known kind": lambda: changed(source(), kind="rumour"),
        "a section's number is its own": lambda: changed(section(), position=2),
        "a section's position is its own": lambda: changed(section(), number="2"),
        "an indicator is in a known group": lambda: changed(indicator(), group="sport"),
        "a credit code belongs to one organisation": lambda: changed(
            organisation(credit_code="91350100M000100Y43"), name="y"
        ),
        "a project is of a known kind": lambda: changed(project(), kind="magic"),
        "a project is of a known record type": lambda: changed(project(), record_type="dream"),
        "a project is in a known sector or none": lambda: changed(project(), sector="magic"),
        "a project is not part of itself": lambda: itself(project()),
        "an alias is of a known kind": lambda: changed(alias(project()), kind="nickname"),
        "a party has a role in a project once": lambda: changed(party(project())),
        "a party has a known role": lambda: changed(party(project()), role="dreamer"),
        "a standing's corner is its own": lambda: standing(asof_from=date(2024, 1, 1)),
        "a rectangle has an inside": lambda: standing(asof_to=date(2019, 1, 1)),
        "a standing is at a known stage or none": lambda: standing(stage="dreaming"),
        "a standing is in a known condition": lambda: standing(condition="asleep"),
        "there is one data version": lambda: DataVersion(id=2),
        "a month has one round": lambda: a_round(month="2026-02"),
        "a round opens no earlier than its month, and closes later": lambda: a_round(
            opens_on=date(2026, 2, 28)
        ),
        "a round is closed after it was opened": lambda: a_round(closed_at=AT - timedelta(days=1)),
        "a project is reported once a round": lambda: changed(saved(monthly())),
        "a_writer_of_a_report_is_remembered_once": written_twice,
        "a report is in a known state": lambda: monthly(state="lost"),
        "a report names a known stage and condition or none": lambda: monthly(stage="dreaming"),
        "an amount of a report has its unit": lambda: monthly(to_date_unit=""),
        "the progress of a report is a percentage": lambda: monthly(progress=101),
        "the resumption in a report has both bounds": lambda: monthly(pause_resumes_latest=None),
        "a report beyond its draft was submitted by somebody": lambda: monthly(submitted_by=None),
        "a returned report says what is to be changed": lambda: monthly(return_note=""),
        "an approved report has its reviewer and its source": lambda: monthly(state="approved"),
        "nobody approves his or her own report": lambda: approved_by("reporter"),
        "a report promises a milestone once": lambda: promised(milestone="completed"),
        "a promised date is of a known milestone": lambda: promised(milestone="party"),
        "a promised date moved for a known reason or none": lambda: promised(reason="weariness"),
        "a promised date begins before it ends": lambda: promised(date_earliest=date(2027, 1, 1)),
        "a problem is to be solved after it was raised": lambda: problem(due_on=date(2026, 3, 1)),
        "a problem is closed by somebody with a word": lambda: problem(closed_at=AT),
        "a person has one kept text an address": lambda: kept_text(path="/desk/"),
        "a report holds a file once": lambda: attached(sha256="1f"),
        "an attachment is a photo with its size or a paper": lambda: attached(kind="film"),
        "an attachment has a file that is not empty": lambda: attached(size=0),
        "a notice is of a known kind": lambda: notice(kind="gossip"),
        "a notice goes to the reporters of a unit or to reviewers": lambda: notice(role="Editor"),
        "a delivery goes by mail to somebody or to the webhook": lambda: delivery(channel="pigeon"),
        "a delivery was tried before it was sent": lambda: delivery(sent_at=AT),
        "an audit entry is reached by somebody known": lambda: entry(reach="everybody"),
        "an audit entry about a report names it": lambda: entry(reach="report"),
    }
)
# Further ways to break a rule that has several halves.
FURTHER = [
    ("a claim is true before it is known", lambda: total(as_of_earliest=date(2025, 1, 1))),
    ("a claim date has both bounds", lambda: dated(value_date_earliest=None)),
    ("a claim date has both bounds", lambda: dated(value_date="2024-13")),
    ("a claim date has both bounds", lambda: dated(value_date_earliest=date(2025, 1, 1))),
    ("a claim figure has its unit", lambda: total(unit="dollars")),
    ("a claim qualifier stands beside a figure", lambda: stage(qualifier="about")),
    ("a claim has a known basis and origin", lambda: stage(origin="hearsay")),
    ("a claim has the one value its topic takes", lambda: stage(value_code="")),
    ("a claim has the one value its topic takes", lambda: stage(value_yuan=1, unit="yuan")),
    ("a claim has the one value its topic takes", lambda: total(topic=Topic.WORKS)),
    ("a stage or condition is a known code", lambda: stage(topic=Topic.CONDITION)),
    ("a statistic is one figure", lambda: figure(value_text="百亿级")),
    ("a point is whole and has a source", lambda: changed(place(), point_source=source(), name="y")),
    ("a rectangle has an inside", lambda: standing(known_to=date(2024, 1, 1))),
    ("a standing is at a known stage or none", lambda: standing(stage_basis="guessed")),
    (
        "a round opens no earlier than its month, and closes later",
        lambda: a_round(closes_on=date(2026, 3, 25)),
    ),
    ("a report names a known stage and condition or none", lambda: monthly(condition="asleep")),
    ("an amount of a report has its unit", lambda: monthly(to_date_yuan=-1)),
    ("an amount of a report has its unit", lambda: monthly(this_year_unit="yi")),
    ("the resumption in a report has both bounds", lambda: monthly(pause_resumes_earliest=date(2030, 1, 1))),
    ("a report beyond its draft was submitted by somebody", lambda: monthly(state="draft")),
    ("a returned report says what is to be changed", lambda: monthly(returned_by=None)),
    ("an approved report has its reviewer and its source", lambda: monthly(source=source())),
    ("a problem is closed by somebody with a word", lambda: problem(closing_word="done")),
    ("an attachment is a photo with its size or a paper", lambda: attached(width=None)),
    ("an attachment is a photo with its size or a paper", lambda: attached(height=0)),
    ("an attachment is a photo with its size or a paper", lambda: attached(name="b.html")),
    ("an attachment is a photo with its size or a paper", lambda: attached(kind="paper", name="b.pdf")),
    ("an attachment has a file that is not empty", lambda: attached(sha256="")),
    ("a notice goes to the reporters of a unit or to reviewers", lambda: notice(role="Reviewer")),
    ("a notice goes to the reporters of a unit or to reviewers", lambda: notice(department=None)),
    ("a delivery goes by mail to somebody or to the webhook", lambda: delivery(recipient=None)),
    ("a delivery goes by mail to somebody or to the webhook", lambda: delivery(channel="webhook")),
    ("an audit entry about a report names it", lambda: entry(report=kept(monthly()))),
]


def test_every_constraint_has_a_case():
    assert set(CASES) == set(CONSTRAINTS)


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
    if connection.vendor == "sqlite" and isinstance(constraint, models.UniqueConstraint):
        # SQLite names the columns.
        assert f"{model._meta.db_table}.{constraint.fields[0]}" in str(refusal.value)
    else:
        assert constraint.name in str(refusal.value)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in CASES if CONSTRAINTS[name][0] not in UNEDITED])
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
    for row in (published(project()), published(project(), TOTAL, FORTY), statistic(FORTY)):
        changed(row, ref=f"{row.ref} again").save()
    for row in (place(), source(), indicator(), organisation(credit_code="91350100M000100Y43")):
        row.full_clean(exclude=["note"])
    standing().save()
    month_round().full_clean()
    a_round().save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make",
    [monthly, lambda: approved_by("reviewer"), promised, problem, notice, delivery, kept_text],
    ids=["report", "approved", "date", "problem", "notice", "delivery", "kept text"],
)
def test_what_the_cases_of_the_desk_start_from_is_valid(make):
    make().save()


@pytest.mark.django_db
@pytest.mark.parametrize("wrote", ["entered_by", "saved_by", "submitted_by"])
def test_whoever_wrote_in_a_report_never_approves_it(wrote):
    row = approved_by("reviewer")
    setattr(row, wrote, row.approved_by)
    with pytest.raises(IntegrityError, match="nobody approves his or her own report"):
        row.save()


@pytest.mark.django_db
def test_a_withdrawal_has_no_value_and_names_what_it_withdraws():
    wrong = published(project(), TOTAL, FORTY)
    draft(
        wrong.project, TOTAL, None, ref="w", corrects=wrong, known_on=date(2024, 10, 18), entered_at=AT
    ).save()
    nothing = draft(wrong.project, TOTAL, None, ref="n", known_on=date(2024, 10, 18), entered_at=AT)
    with pytest.raises(IntegrityError, match="a claim has the one value its topic takes"):
        nothing.save()


@pytest.mark.parametrize("model", [Indicator, Organisation, Place, Project, Source])
def test_every_stored_choice_is_checked_by_the_database(model):
    """A CheckConstraint behind every choice."""
    checks = [one for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
    checked = {name for one in checks for name in _columns(one.condition)}
    assert {field.name for field in model._meta.fields if field.choices} <= checked


def _columns(condition) -> set[str]:
    found = set()
    for child in condition.children:
        found |= {child[0].split("__")[0]} if isinstance(child, tuple) else _columns(child)
    return found
