"""Vocabularies: every stored code with its English word; the Chinese ones stand in the catalogue.

Holds codes, their order and what a code alone decides (a milestone's stage, a topic's kind of value).
What follows from several values is a rule and lives in `rules`.
"""

from functools import cached_property

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Vocabulary(TextChoices):
    """Codes of one kind, with their words."""

    @classmethod
    def as_choices(cls) -> list[tuple[str, str]]:
        """What a field takes: a migration holds its name alone, so that another word makes none."""
        return cls.choices


class Stage(Vocabulary):
    """How far a project is, in order."""

    PLANNED = "planned", _("planned")
    SIGNED = "signed", _("agreement signed")
    PREPARING = "preparing", _("pre-construction")
    BUILDING = "building", _("under construction")
    COMPLETED = "completed", _("completed")
    OPERATING = "operating", _("in operation")

    @cached_property
    def order(self) -> int:
        return list(type(self)).index(self)


class Milestone(Vocabulary):
    """A dated step; the measure of a promised or actual claim."""

    SIGNED = "signed", _("signing")
    APPROVED = "approved", _("approval")
    STARTED = "started", _("start of construction")
    STRUCTURE = "structure", _("main structure finished")
    COMPLETED = "completed", _("completion")
    OPERATING = "operating", _("start of operation")
    FULL_CAPACITY = "full_capacity", _("full capacity")

    @property
    def stage(self) -> Stage:
        """The stage that this step, once taken, supports."""
        return _STAGE_OF[self]

    @property
    def is_within(self) -> bool:
        """Whether it is a step within its stage: that stage alone does not show it."""
        return self in (Milestone.APPROVED, Milestone.STRUCTURE, Milestone.FULL_CAPACITY)


_STAGE_OF = {
    Milestone.SIGNED: Stage.SIGNED,
    Milestone.APPROVED: Stage.PREPARING,
    Milestone.STARTED: Stage.BUILDING,
    Milestone.STRUCTURE: Stage.BUILDING,
    Milestone.COMPLETED: Stage.COMPLETED,
    Milestone.OPERATING: Stage.OPERATING,
    Milestone.FULL_CAPACITY: Stage.OPERATING,
}


class Age(Vocabulary):
    """How long ago a stage was last said; by which day is `core.ages`."""

    UNDER1 = "under1", _("within a year")
    ONE_TO_TWO = "1to2", _("one to two years ago")
    OVER2 = "over2", _("over two years ago")


class Condition(Vocabulary):
    """Whether work goes on: an axis of its own beside the stage."""

    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    DEFERRED = "deferred", _("deferred")
    CANCELLED = "cancelled", _("cancelled")


class ValueKind(Vocabulary):
    """Which column of a claim holds its value."""

    CODE = "code", _("code")
    MONEY = "money", _("amount of money")
    NUMBER = "number", _("number")
    DATE = "date", _("date")
    TEXT = "text", _("words")


class Topic(Vocabulary):
    """What a claim is about."""

    STAGE = "stage", _("stage")
    CONDITION = "condition", _("condition")
    TOTAL_INVESTMENT = "total_investment", _("total investment")
    AGREED_INVESTMENT = "agreed_investment", _("agreed investment")
    INVESTED_TO_DATE = "invested_to_date", _("invested to date")
    INVESTED_IN_PERIOD = "invested_in_period", _("invested in the period")
    ANNUAL_PLAN = "annual_plan", _("plan for the year")
    FUNDS = "funds", _("funds in place")
    CAPACITY = "capacity", _("capacity")
    PROGRESS = "progress", _("physical progress")
    PROMISED = "promised", _("promised date")
    ACTUAL = "actual", _("actual date")
    WORKS = "works", _("works")

    @property
    def takes(self) -> ValueKind:
        return _VALUE_OF[self]


_VALUE_OF = {
    Topic.STAGE: ValueKind.CODE,
    Topic.CONDITION: ValueKind.CODE,
    Topic.TOTAL_INVESTMENT: ValueKind.MONEY,
    Topic.AGREED_INVESTMENT: ValueKind.MONEY,
    Topic.INVESTED_TO_DATE: ValueKind.MONEY,
    Topic.INVESTED_IN_PERIOD: ValueKind.MONEY,
    Topic.ANNUAL_PLAN: ValueKind.MONEY,
    Topic.FUNDS: ValueKind.MONEY,
    Topic.CAPACITY: ValueKind.NUMBER,
    Topic.PROGRESS: ValueKind.NUMBER,
    Topic.PROMISED: ValueKind.DATE,
    Topic.ACTUAL: ValueKind.DATE,
    Topic.WORKS: ValueKind.TEXT,
}


class Basis(Vocabulary):
    """Whether the source says it outright."""

    STATED = "stated", _("stated")
    INFERRED = "inferred", _("inferred")


class Method(Vocabulary):
    """By which book an amount is counted; where one figure is wanted, `core.methods` says whose."""

    PLATFORM = "platform", _("by the platform")
    STATISTICS = "statistics", _("by statistics")
    PAYMENT = "payment", _("by payments")


class PromiseState(Vocabulary):
    """Whether a promise gives a date, or says that none stands (待定), which is stored as its value."""

    DATED = "dated", _("dated")
    TBD = "tbd", _("to be decided")


class Qualifier(Vocabulary):
    """The word that stands beside a value; weakest first. Which value takes which: `claims.rules`."""

    EXPECTED = "expected", _("expected")
    ABOUT = "about", _("about")
    NEARLY = "nearly", _("nearly")
    OVER = "over", _("more than")


class Verdict(Vocabulary):
    """What became of a first promise."""

    KEPT = "kept", _("kept")
    PARTLY = "partly", _("partly kept")
    LATE = "late", _("late")
    PERHAPS = "perhaps", _("hard to judge")
    OPEN = "open", _("not due yet")
    NO_WORD = "no_word", _("no report since")


class EventKind(Vocabulary):
    """What can happen to a record, in the order in which pages tell of it."""

    STARTED = "started", _("construction started")
    COMPLETED = "completed", _("completed")
    OPERATING = "operating", _("put into use")
    MOVED = "moved", _("promised date changed")
    AMOUNT = "amount", _("total investment changed")
    CONDITION = "condition", _("stopped, put off, cancelled or taken up again")
    MILESTONE = "milestone", _("another milestone reached")
    STAGE = "stage", _("stage changed")
    CORRECTED = "corrected", _("corrected or withdrawn")
    NEW = "new", _("first mentioned")


class Unit(Vocabulary):
    """How an amount of money was printed."""

    YUAN = "yuan", _("yuan")
    WAN = "wan", _("ten thousand yuan")
    YI = "yi", _("hundred million yuan")


class Kind(Vocabulary):
    INDUSTRIAL = "industrial", _("industry")
    LOGISTICS = "logistics", _("logistics")
    TRANSPORT = "transport", _("transport")
    WATER = "water", _("water")
    ENERGY = "energy", _("energy")
    DIGITAL = "digital", _("digital")
    HEALTH = "health", _("health and care")
    URBAN = "urban", _("urban development")
    TOURISM = "tourism", _("culture and tourism")
    AGRICULTURE = "agriculture", _("farming")
    OTHER = "other", _("other")


class Sector(Vocabulary):
    """The district's industrial clusters (2+4+N)."""

    LIGHT_ALLOY = "light_alloy", _("light alloys")
    SMART_EQUIPMENT = "smart_equipment", _("smart equipment")
    FOOD = "food", _("food")
    PREFAB_BUILDING = "prefab_building", _("prefabricated building")
    INFORMATION_SECURITY = "information_security", _("information security")
    GAS_CHEMISTRY = "gas_chemistry", _("gas chemistry")
    EMERGING = "emerging", _("other emerging")


class Funding(Vocabulary):
    """Whose money it is."""

    GOVERNMENT = "government", _("government investment")
    PRIVATE = "private", _("private investment")
    MIXED = "mixed", _("mixed investment")


class RecordType(Vocabulary):
    PROJECT = "project", _("project")
    PARK = "park", _("park")
    BASE = "base", _("base or centre")
    FACILITY = "facility", _("facility")
    PLATFORM = "platform", _("platform")
    PROGRAMME = "programme", _("programme")
    EXPANSION = "expansion", _("plant expansion")
    EXISTING_PLANT = "existing_plant", _("existing plant")
    EXISTING_INFRASTRUCTURE = "existing_infrastructure", _("existing infrastructure")
    BID = "bid", _("bid for a title")


# Whether the headline counts a record of this type: programmes, existing plants and bids stand apart.
COUNTED_TYPES = frozenset(
    {
        RecordType.PROJECT,
        RecordType.PARK,
        RecordType.BASE,
        RecordType.PLATFORM,
        RecordType.FACILITY,
        RecordType.EXPANSION,
    }
)


class PlaceKind(Vocabulary):
    DISTRICT = "district", _("district")
    PARK = "park", _("park")
    TOWN = "town", _("town or street")
    AREA = "area", _("area")


class Nearness(Vocabulary):
    SAME_SITE = "same_site", _("on the same site")
    ADJACENT = "adjacent", _("adjacent")


class SourceKind(Vocabulary):
    REPORT = "report", _("approved report")
    NOTICE = "notice", _("official notice")
    REPLY = "reply", _("official reply")
    NEWSPAPER = "newspaper", _("newspaper")
    IMPORT = "import", _("import")

    @property
    def is_document(self) -> bool:
        """Whether it is published by others, on a day of its own."""
        return self in (SourceKind.NOTICE, SourceKind.REPLY, SourceKind.NEWSPAPER)

    @property
    def rank(self) -> int:
        """Authority: of two statements otherwise alike the one of greater rank holds."""
        return len(type(self)) - list(type(self)).index(self)


class AliasKind(Vocabulary):
    OTHER_NAME = "other_name", _("other name")
    SHORT_NAME = "short_name", _("short name")
    MISPRINT = "misprint", _("misprint")


class PartyRole(Vocabulary):
    OWNER = "owner", _("owner")
    INVESTOR = "investor", _("investor")
    BUILDER = "builder", _("builder")
    OPERATOR = "operator", _("operator")
    AGENCY = "agency", _("agency")


class IndicatorGroup(Vocabulary):
    """The subject under which a figure is listed."""

    PROJECTS = "projects", _("projects and investment")
    INDUSTRY = "industry", _("industry")
    ENTERPRISES = "enterprises", _("enterprises")
    INNOVATION = "innovation", _("innovation")
    TRADE_LOGISTICS = "trade_logistics", _("trade and logistics")
    TRANSPORT = "transport", _("transport")
    DIGITAL = "digital", _("digital")
    ENERGY_WATER = "energy_water", _("energy and water")
    SERVICES = "services", _("public services")
    CITY = "city", _("city")
    TOURISM = "tourism", _("culture and tourism")
    COUNTRYSIDE = "countryside", _("countryside")


class Origin(Vocabulary):
    """By which door a row came in."""

    FIXTURE = "fixture", _("fixture")
    EDITOR = "editor", _("data editor")
    REPORT = "report", _("monthly report")
    IMPORT = "import", _("import")


class Role(Vocabulary):
    """A Django group; the value is the group's name."""

    REPORTER = "Reporter", _("reporter")
    REVIEWER = "Reviewer", _("reviewer")
    EDITOR = "Editor", _("data editor")


class AuditReach(Vocabulary):
    """Who reaches what an audit entry tells of; the table is `audit.rules.reach`."""

    RECORDS = "records", _("records and claims")
    ROUNDS = "rounds", _("rounds")
    REPORT = "report", _("a monthly report")
    ADMINISTRATORS = "administrators", _("accounts and all else")


class ReportState(Vocabulary):
    """Where a monthly report stands; the moves between are `reports.rules.workflow`."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")


class BatchState(Vocabulary):
    """Where an imported file stands."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("waits for a second person")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class HidingState(Vocabulary):
    """Where a wish to hide a project stands."""

    WAITING = "waiting", _("waits for a second person")
    HIDDEN = "hidden", _("hidden")
    REFUSED = "refused", _("refused")
    TAKEN_BACK = "taken_back", _("taken back")
    SHOWN = "shown", _("shown again")


class CellOutcome(Vocabulary):
    """What a cell of an imported file is to the record."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    REFUSED = "refused", _("wrong")
    SKIPPED = "skipped", _("left out")


class Cadence(Vocabulary):
    """How often a report is expected; which rounds are asked quarterly is `reports.rules.rounds`."""

    MONTHLY = "monthly", _("monthly")
    QUARTERLY = "quarterly", _("quarterly")


class RoundState(Vocabulary):
    """Where a monthly round stands; computed from its days, never stored."""

    COMING = "coming", _("not begun")
    OPEN = "open", _("open for reports")
    OVERDUE = "overdue", _("past its day")
    ENDED = "ended", _("ended")
    CALLED_OFF = "called_off", _("called off")


class ReportMove(Vocabulary):
    """What can be done with a monthly report."""

    SAVE = "save", _("save draft")
    SUBMIT = "submit", _("submit")
    WITHDRAW = "withdraw", _("withdraw")
    RETURN = "return", _("return")
    APPROVE = "approve", _("approve")


class AttachmentKind(Vocabulary):
    """What is attached to a monthly report."""

    PHOTO = "photo", _("photo")
    PAPER = "paper", _("paper")


class FileKind(Vocabulary):
    """As what a document is kept; only a text is quoted."""

    TEXT = "text", _("text")
    PDF = "pdf", _("PDF")
    SCAN = "scan", _("picture")

    @property
    def suffix(self) -> str:
        return {"text": "txt", "pdf": "pdf", "scan": "img"}[self.value]


class MoveReason(Vocabulary):
    """Why a promised date moved."""

    LAND = "land", _("land")
    APPROVAL = "approval", _("formalities")
    FUNDING = "funding", _("funding")
    RELOCATION = "relocation", _("relocation")
    DESIGN = "design", _("design change")
    MARKET = "market", _("market")
    WEATHER = "weather", _("weather or disaster")
    CONSTRUCTION = "construction", _("organisation of works")
    OTHER = "other", _("other")


class NoticeKind(Vocabulary):
    """What somebody is told on the desk, by mail or by the webhook."""

    ROUND_OPENED = "round_opened", _("round opened")
    ROUND_CLOSING = "round_closing", _("round about to close")
    ROUND_CLOSED = "round_closed", _("round closed")
    NO_UNIT = "no_unit", _("no unit named")
    REPORT_RETURNED = "report_returned", _("report returned")
    REPORTS_WAITING = "reports_waiting", _("reports waiting for review")
    PAUSE_RENEWAL = "pause_renewal", _("pause to be explained anew")
    PROMISE_NEAR = "promise_near", _("promised date near")
    PROMISE_PASSED = "promise_passed", _("promised date passed without word")
    PROBLEM_ASSIGNED = "problem_assigned", _("problem assigned")
    PROBLEM_DUE = "problem_due", _("problem falls due")
    PROBLEM_OVERDUE = "problem_overdue", _("problem overdue")
    REPORTS_APPROVED = "reports_approved", _("reports approved")
    ENTRIES_DECIDED = "entries_decided", _("entries decided on")
    FILE_APPROVED = "file_approved", _("imported file approved")
    FILE_REFUSED = "file_refused", _("imported file refused")
    FILE_WITHDRAWN = "file_withdrawn", _("imported file withdrawn")
    TIPS_OVERDUE = "tips_overdue", _("messages from outside overdue")


class Channel(Vocabulary):
    """By which way something told leaves the house."""

    EMAIL = "email", _("e-mail")
    WEBHOOK = "webhook", _("webhook")


class TipKind(Vocabulary):
    """What somebody outside tells us."""

    WRONG = "wrong", _("something is wrong")
    NEWS = "news", _("there is news")


class TipVerdict(Vocabulary):
    """What came of a tip once it was looked into."""

    CONFIRMED = "confirmed", _("confirmed")
    PARTLY = "partly", _("partly confirmed")
    UNFOUNDED = "unfounded", _("unfounded")
    UNRELATED = "unrelated", _("about no project")
