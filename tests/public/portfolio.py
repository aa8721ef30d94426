"""Six public records with their claims, and beside them everything that must never show."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal

from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.db.models.sql import InsertQuery

from projects.choices import Basis, Condition, Kind, RecordType, Role, Stage, Topic
from projects.claims import projection
from projects.core import fuzzy_dates
from projects.core.money import Money
from projects.core.statements import Number
from projects.models import Claim, Department, Place, Project, Source, SourceSection
from projects.search import index
from tests import cast

MARK = "漏出"  # stands in every word of what is hidden
UNSEEN = "unseen-"  # begins every ref and address of it


@dataclass(frozen=True)
class Portfolio:
    paper: Source  # a newspaper of 17 October 2024
    notice: Source  # of 1 March 2025
    first: SourceSection
    second: SourceSection
    park: Place
    area: Place  # lies in the park
    factory: Project
    phase: Project  # part of the factory
    logistics: Project
    road: Project
    plant: Project
    centre: Project


class Built:
    """A portfolio with all its rows, to be written again without the work of building it."""

    def __init__(self, made: Portfolio):
        self._made = deepcopy(made)
        self._inserts = [insert for model in _models() for insert in _inserts(model)]

    def write(self) -> None:
        with connection.cursor() as cursor:
            for insert in self._inserts:
                cursor.execute(*insert)

    @property
    def portfolio(self) -> Portfolio:
        """One that a test may change."""
        return deepcopy(self._made)


def is_empty() -> bool:
    """Whether no other fixture has written a row."""
    tables = (model._meta.db_table for model in _models())
    there = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables)  # noqa: S608 (our own)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {there}")
        return not cursor.fetchone()[0]


def _inserts(model: type[Model]) -> Iterator[tuple[str, tuple]]:
    """The statements that write all its rows, with what they are told."""
    fields, rows = model._meta.concrete_fields, list(model._base_manager.all())
    most = max(connection.ops.bulk_batch_size(fields, rows), 1)
    for begin in range(0, len(rows), most):
        query = InsertQuery(model)
        query.insert_values(fields, rows[begin : begin + most], raw=True)
        yield from query.get_compiler(connection=connection).as_sql()


def _models() -> list[type[Model]]:
    return list(apps.get_app_config("projects").get_models())


def settle() -> None:
    """What publishing does to what the pages read."""
    projection.rebuild_all()
    index.index_all()


def yi(number: int) -> Money:
    return Money(number * 10**8, "yi", 0)


def portfolio() -> Portfolio:
    paper = cast.source()
    notice = cast.source("notice", kind="notice", title="区公示", title_en="A notice", published="2025-03-01")
    park = cast.place()
    area = cast.place("area", name="北渡片区", name_en="Beidu area", kind="area", parent=park)
    factory = cast.project(
        slug="factory",
        place=area,
        department=cast.department(),
        sector="light_alloy",
        summary="一座示范性的铝材工厂。",
        summary_en="A model factory for aluminium.",
    )
    made = Portfolio(
        paper=paper,
        notice=notice,
        first=cast.section(paper),
        second=cast.section(paper, "2", title="第二部分", title_en="Part two"),
        park=park,
        area=area,
        factory=factory,
        phase=cast.project("示范工厂二期", slug="phase", name_en="Model factory, phase two", parent=factory),
        logistics=cast.project(
            "北渡物流园",
            slug="park",
            name_en="Beidu Logistics Park",
            kind="logistics",
            record_type="park",
            place=park,
        ),
        road=cast.project("綦万公路", slug="road", name_en="Qiwan Road", kind="transport"),
        plant=cast.project(
            "老铝厂", slug="plant", name_en="Old Smelter", record_type="existing_plant", place=area
        ),
        centre=cast.project(
            "会展中心", slug="centre", name_en="Convention Centre", kind="urban", record_type="base"
        ),
    )
    _claims(made)
    settle()
    return made


def _claims(made: Portfolio) -> None:
    place = {"source": made.paper, "section": made.first, "paragraph": 1}
    cast.alias(made.factory, source=made.paper, section=made.first, paragraph=1)
    cast.party(made.factory, source=made.paper, section=made.first, paragraph=2)
    cast.indicator()

    of = made.factory
    cast.published(of, ref="f-stage", sentence=1, **place)
    cast.published(of, Topic.TOTAL_INVESTMENT, yi(40), ref="f-total", qualifier="about", sentence=2, **place)
    cast.published(
        of, Topic.TOTAL_INVESTMENT, yi(45), ref="f-a-rival", source=made.paper, section=made.second
    )
    water = Number(Decimal("1.8"), "亿立方米")
    cast.published(of, Topic.CAPACITY, water, ref="f-water", measure="water", **place)
    cast.published(of, Topic.WORKS, "厂房封顶", ref="f-works", **place)
    promise = {"topic": Topic.PROMISED, "measure": "completed"}
    cast.published(of, value=fuzzy_dates.parse("2025"), ref="f-first", **promise, **place)
    cast.published(of, value=fuzzy_dates.parse("2026-06"), ref="f-moved", source=made.notice, **promise)
    began = {"topic": Topic.ACTUAL, "measure": "started", "as_of": "2023-05"}
    cast.published(of, value=fuzzy_dates.parse("2023-05"), ref="f-began", **began, **place)

    cast.published(made.phase, Topic.TOTAL_INVESTMENT, yi(5), ref="p-total", source=made.notice)
    read = {"basis": Basis.INFERRED, "note": "读作谋划", "ref": "l-stage"}
    cast.published(made.logistics, Topic.STAGE, Stage.PLANNED.value, **read, **place)
    cast.published(made.logistics, Topic.AGREED_INVESTMENT, yi(20), ref="l-agreed", **place)
    opened = {"topic": Topic.ACTUAL, "measure": "operating", "as_of": "2023-06"}
    cast.published(made.road, value=fuzzy_dates.parse("2023-06"), ref="r-open", **opened, **place)
    exact = Money(9_956_000_000, "yi", 2)
    cast.published(made.road, Topic.TOTAL_INVESTMENT, exact, ref="r-total", source=made.notice)
    cast.published(made.plant, Topic.STAGE, Stage.OPERATING.value, ref="o-stage", **place)
    cast.published(made.centre, Topic.STAGE, Stage.SIGNED.value, ref="c-stage", **place)
    cast.published(made.centre, Topic.CONDITION, Condition.CANCELLED.value, ref="c-end", source=made.notice)


def figures(made: Portfolio) -> None:
    """About the district: two that disagree, one corrected, a target, a class in words."""
    said = {"source": made.paper, "section": made.first, "paragraph": 3}
    projects = cast.indicator(
        "projects", name="重点项目", name_en="Key projects", group="projects", position=1
    )
    output = cast.indicator("output", name="产业规模", name_en="Output", group="industry", position=2)
    first = {"ref": "s-166", "sentence": 1}
    cast.statistic(Number(Decimal(166), "个"), subject=projects, period="2024", **first, **said)
    other = {"source": made.paper, "section": made.second, "paragraph": 1}
    cast.statistic(Number(Decimal(160), "个"), ref="s-160", subject=projects, period="2024", **other)
    wrong = cast.statistic(yi(9), ref="s-wrong", subject=output, period="2023", **said)
    right = Money(9_956_000_000, "yi", 2)
    cast.statistic(right, ref="s-right", subject=output, period="2023", corrects=wrong, source=made.notice)
    cast.statistic(yi(500), ref="s-target", subject=output, period="2025", is_target=True, **said)
    cast.statistic("百亿级", ref="s-class", subject=output, period="2027", is_target=True, **said)


def what_must_not_show(made: Portfolio) -> list[str]:
    """One of everything that nobody may know of; gives the words and refs that would show it."""
    editor, reviewer = (
        cast.person("unseen-editor", Role.EDITOR),
        cast.person("unseen-reviewer", Role.REVIEWER),
    )
    hidden = cast.source("unseen-paper", title=f"{MARK}来源", title_en="Leaked source", is_public=False)
    private = cast.project(
        f"{MARK}项目",
        slug="hidden-project",
        name_en="Leaked project",
        summary=f"{MARK}摘要",
        is_public=False,
        kind=Kind.ENERGY,
        record_type=RecordType.FACILITY,
    )
    made.road.parent = private
    made.road.save()
    cast.published(private, ref="unseen-private", note=MARK)
    cast.party(private, organisation=cast.organisation("leaked", name=f"{MARK}公司", name_en="Leaked firm"))
    cast.alias(private, f"{MARK}别名")
    cast.alias(made.road, "綦万路", source=hidden)

    of = made.plant
    later = {"topic": Topic.STAGE, "value": Stage.COMPLETED.value, "note": MARK}
    pending = cast.pending(of, editor, ref="unseen-pending", **later)
    Claim.objects.filter(pk=pending.pk).update(note=MARK)
    refused = cast.pending(of, editor, ref="unseen-refused", **later)
    Claim.objects.filter(pk=refused.pk).update(
        refused_at=cast.AT, refused_by=reviewer, refused_why=f"{MARK}理由"
    )
    cast.published(of, ref="unseen-source", source=hidden, **later)
    cast.published(of, ref="unseen-future", known_on="2026-03-03", as_of="2026-03-02", **later)
    corrected = cast.published(of, Topic.WORKS, f"{MARK}工程", ref="unseen-corrected", source=hidden)
    cast.published(of, Topic.WORKS, "公开的更正", ref="o-works", source=made.notice, corrects=corrected)

    subject = cast.indicator("leaked", name=f"{MARK}指标", name_en="Leaked figure", group="projects")
    for ref, fields in {
        "unseen-figure": {"approved_at": None},
        "unseen-figure-source": {"source": hidden},
        "unseen-figure-future": {"known_on": "2026-03-03", "as_of": "2026-03-02"},
    }.items():
        cast.statistic(yi(1), ref=ref, subject=subject, note=MARK, **fields)
    Department.objects.update(contact=f"{MARK}联系人")
    settle()
    return [MARK, "Leaked", UNSEEN, private.code, private.slug]
