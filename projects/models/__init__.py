"""Tables, constraints and named filters; one concept a module."""

from projects.models.attachment import Attachment
from projects.models.audit import AuditEntry
from projects.models.batch import Batch, SheetMemory
from projects.models.claim import Claim
from projects.models.counter import Counter
from projects.models.current import Current, ProjectEvent, SourceUse
from projects.models.delivery import Delivery
from projects.models.department import Department
from projects.models.file_reading import FileReading
from projects.models.further_unit import FurtherUnit
from projects.models.hiding import HidingRequest
from projects.models.indicator import Indicator
from projects.models.kept_text import KeptText
from projects.models.milestone import ProjectMilestone
from projects.models.notice import Notice
from projects.models.organisation import Organisation
from projects.models.place import Place
from projects.models.problem import Problem, ProblemReply
from projects.models.project import Alias, OldSlug, Project, ProjectParty
from projects.models.project_place import Neighbour, PlaceSource
from projects.models.report import Report
from projects.models.report_date import ReportDate
from projects.models.report_writer import ReportWriter
from projects.models.round import QuarterlyStage, Round
from projects.models.round_line import RoundLine
from projects.models.search_text import NameKey, SearchPair, SearchText
from projects.models.signed_in_session import SignedInSession
from projects.models.source import Source, SourceSection
from projects.models.standing import Standing
from projects.models.statistic import Statistic
from projects.models.tally import PortfolioTally
from projects.models.tip import Tip
from projects.models.user import User
from projects.models.version import DataVersion
from projects.models.workbook import Workbook

__all__ = [
    "Alias",
    "Attachment",
    "AuditEntry",
    "Batch",
    "Claim",
    "Counter",
    "Current",
    "DataVersion",
    "Delivery",
    "Department",
    "FileReading",
    "FurtherUnit",
    "HidingRequest",
    "Indicator",
    "KeptText",
    "NameKey",
    "Neighbour",
    "Notice",
    "OldSlug",
    "Organisation",
    "Place",
    "PlaceSource",
    "PortfolioTally",
    "Problem",
    "ProblemReply",
    "Project",
    "ProjectEvent",
    "ProjectMilestone",
    "ProjectParty",
    "QuarterlyStage",
    "Report",
    "ReportDate",
    "ReportWriter",
    "Round",
    "RoundLine",
    "SearchPair",
    "SearchText",
    "SheetMemory",
    "SignedInSession",
    "Source",
    "SourceSection",
    "SourceUse",
    "Standing",
    "Statistic",
    "Tip",
    "User",
    "Workbook",
]
