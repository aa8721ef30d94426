"""Departments, sources, projects, claims and people for tests: small functions, each one row.

A row comes with enough to be valid; what a test is about it says itself. `published` writes a claim
as the fixtures do; to go through approval, take `draft` and `projects.claims.approval`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from projects.choices import (
    AliasKind,
    IndicatorGroup,
    Kind,
    Nearness,
    Origin,
    PartyRole,
    PlaceKind,
    RecordType,
    Role,
    SourceKind,
    Stage,
    TipKind,
    Topic,
)
from projects.core.fuzzy_dates import Fuzzy
from projects.core.money import Money
from projects.core.statements import Number, Value
from projects.models import (
    Alias,
    Claim,
    Department,
    FurtherUnit,
    Indicator,
    Neighbour,
    Organisation,
    Place,
    PlaceSource,
    Project,
    ProjectParty,
    Source,
    SourceSection,
    Statistic,
    Tip,
    User,
)
from projects.tips import arrival
from projects.tips.arrival import TipMessage
from projects.tips.subjects import TipSubject

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)  # nine in the morning of 2 March in Shanghai
TODAY = date(2026, 3, 2)
DEPARTMENTS = {
    "fagai": {"name": "发展改革委", "name_en": "Development and Reform Commission"},
    "jiaotong": {"name": "交通局", "name_en": "Transport Bureau"},
}
NO_PASSWORD = make_password(None)
LOADED_AT = datetime(2026, 1, 5, tzinfo=UTC)  # when the fixtures say that they were entered


@dataclass(frozen=True)
class Cast:
    """One of each who may come, and two where it takes two."""

    reporter: User  # of the department that leads the project
    other_reporter: User  # of another department
    reviewer: User
    editor: User
    second_editor: User
    stranger: User  # has an account and no role


def cast() -> Cast:
    home, other = _departments()
    made = Cast(
        reporter=_unsaved("reporter", department=home),
        other_reporter=_unsaved("other_reporter", department=other),
        reviewer=_unsaved("reviewer", department=home),
        editor=_unsaved("editor"),
        second_editor=_unsaved("second_editor"),
        stranger=_unsaved("stranger"),
    )
    User.objects.bulk_create(vars(made).values())
    _give(
        {
            made.reporter: Role.REPORTER,
            made.other_reporter: Role.REPORTER,
            made.reviewer: Role.REVIEWER,
            made.editor: Role.EDITOR,
            made.second_editor: Role.EDITOR,
        }
    )
    return made


def person(username: str, role: Role | None = None, **fields) -> User:
    """Without a password: tests sign in with `client.force_login`."""
    user = _unsaved(username, **fields)
    user.save()
    _give({user: role} if role else {})
    return user


def _unsaved(username: str, **fields) -> User:
    return User(username=username, password=NO_PASSWORD, **fields)


def _departments() -> tuple[Department, Department]:
    there = {one.code: one for one in Department.objects.filter(code__in=DEPARTMENTS)}
    missing = [Department(code=code, **names) for code, names in DEPARTMENTS.items() if code not in there]
    there |= {one.code: one for one in Department.objects.bulk_create(missing)}
    home, other = map(there.get, DEPARTMENTS)
    return home, other


def _give(roles: dict[User, Role]) -> None:
    """All of them in one statement: two thousand tests have a cast."""
    group = dict(Group.objects.values_list("name", "pk")) if roles else {}
    given = User.groups.through
    given.objects.bulk_create(given(user=who, group_id=group[role.value]) for who, role in roles.items())


def stand_in(who: User, unit: Department, first_on: date, last_on: date | None = None) -> FurtherUnit:
    """Who reports for a further unit from a day to a day."""
    days = {"first_on": first_on, "last_on": last_on}
    return FurtherUnit.objects.create(user=who, department=unit, reason="休假", **days)


def department(code: str = "fagai", **fields) -> Department:
    fields = DEPARTMENTS["fagai"] | fields
    return Department.objects.get_or_create(code=code, defaults=fields)[0]


def place(code: str = "park", **fields) -> Place:
    fields = {"name": "工业园区", "name_en": "Industrial park", "kind": PlaceKind.PARK} | fields
    return Place.objects.get_or_create(code=code, defaults=fields)[0]


def organisation(code: str = "builder", **fields) -> Organisation:
    fields = {"name": "某建筑公司", "name_en": "A building company"} | fields
    return Organisation.objects.get_or_create(code=code, defaults=fields)[0]


def indicator(code: str = "water", **fields) -> Indicator:
    fields = {"name": "年供水量", "name_en": "Water a year", "group": IndicatorGroup.ENERGY_WATER} | fields
    return Indicator.objects.get_or_create(code=code, defaults=fields)[0]


def source(code: str = "paper", **fields) -> Source:
    fields = {
        "kind": SourceKind.NEWSPAPER,
        "title": "日报某版",
        "title_en": "A page of the daily",
        "published": "2024-10-17",
    } | fields
    return Source.objects.get_or_create(code=code, defaults=fields)[0]


def section(of: Source | None = None, number: str = "1", **fields) -> SourceSection:
    fields = {"position": int(number), "title": "第一部分", "title_en": "Part one", "paragraphs": 3} | fields
    return SourceSection.objects.get_or_create(source=of or source(), number=number, defaults=fields)[0]


def project(name: str = "", **fields) -> Project:
    number = Project.objects.count() + 1
    name = name or f"示范工厂{number}"
    fields = {
        "code": f"QJ-{number:04}",
        "slug": f"project-{number}",
        "name_en": "Model factory",
        "kind": Kind.INDUSTRIAL,
        "record_type": RecordType.PROJECT,
    } | fields
    return Project.objects.create(name=name, **fields)


def alias(of: Project, name: str = "样板厂", **fields) -> Alias:
    return Alias.objects.create(project=of, name=name, **{"kind": AliasKind.OTHER_NAME} | fields)


def party(of: Project, **fields) -> ProjectParty:
    fields = {
        "organisation": fields.get("organisation") or organisation(),
        "role": PartyRole.BUILDER,
    } | fields
    return ProjectParty.objects.create(project=of, **fields)


def place_source(of: Project, at: Place, **fields) -> PlaceSource:
    return PlaceSource.objects.create(project=of, place=at, **{"note": "门牌如此"} | fields)


def neighbour(of: Project, other: Project, **fields) -> Neighbour:
    told = {"nearness": Nearness.ADJACENT, "note": "只隔一条路"} | fields
    return Neighbour.objects.create(project=of, neighbour=other, **told)


def tip(
    text: str = "开工日期不对，工地去年就动工了", *, network: str = "192.0.2.1", at: datetime = AT, **typed
) -> Tip:
    """What somebody outside told us, as it comes in; about a project where one is given."""
    about = TipSubject(typed.pop("project", None), typed.pop("assertion", None))
    message = TipMessage(**{"kind": TipKind.WRONG, "text": text} | typed)
    return arrival.receive(message, about, network, at=at)


def draft(
    of: Project, topic: Topic = Topic.STAGE, value: Value | None = Stage.BUILDING.value, **fields
) -> Claim:
    """An unsaved claim; `value` as the rules take it. Its as-of is the source's date unless given."""
    said_in = fields.pop("source", None) or source()
    fields = {"source": said_in, "as_of": said_in.published} | columns(topic, value) | fields
    return Claim(project=of, topic=Topic(topic).value, **fields)


def pending(of: Project, by: User, *args, **fields) -> Claim:
    """A claim that waits for a second person, written directly."""
    fields = {"ref": f"p{Claim.objects.count():04}", "known_on": TODAY} | fields
    claim = draft(of, *args, entered_by=by, entered_at=AT, **fields)
    claim.save(force_insert=True)
    return claim


def published(of: Project, *args, **fields) -> Claim:
    """An approved claim as a fixture holds it: fixed times, no people. Rebuilding is the test's."""
    fields = {"ref": f"f{Claim.objects.count():04}", "origin": Origin.FIXTURE} | fields
    claim = draft(of, *args, entered_at=LOADED_AT, approved_at=LOADED_AT, **fields)
    claim.known_on = claim.known_on or claim.source.published_latest
    claim.save(force_insert=True)
    return claim


def statistic(value: Value, **fields) -> Statistic:
    """An approved figure about the district."""
    said_in = fields.pop("source", None) or source()
    fields = {
        "ref": f"s{Statistic.objects.count():04}",
        "subject": fields.get("subject") or indicator(),
        "source": said_in,
        "as_of": said_in.published,
        "known_on": said_in.published_latest,
        "entered_at": LOADED_AT,
        "approved_at": LOADED_AT,
    } | fields
    return Statistic.objects.create(**columns(None, value) | fields)


def columns(topic: Topic | None, value: Value | None) -> dict:
    """The columns that hold a value."""
    match value:
        case None:
            return {}
        case Money(yuan, unit, decimals):
            return {"value_yuan": yuan, "unit": unit, "decimals": decimals}
        case Number(number, unit):
            return {
                "value_number": number,
                "unit": unit,
                "decimals": max(-int(number.as_tuple().exponent), 0),
            }
        case Fuzzy(text):
            return {"value_date": text}
    return {"value_text" if topic in (None, Topic.WORKS) else "value_code": value}
