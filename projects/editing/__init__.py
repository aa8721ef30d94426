"""The door of the data editors: records, claims, people and the record of changes.

Everything is registered on a site of our own (`editing.site`); what is saved goes through `actions`.
"""

from projects.editing.audit_log import AuditAdmin
from projects.editing.claim import ClaimAdmin
from projects.editing.department import DepartmentAdmin
from projects.editing.indicator import IndicatorAdmin
from projects.editing.organisation import OrganisationAdmin
from projects.editing.place import PlaceAdmin
from projects.editing.project import ProjectAdmin
from projects.editing.source import SectionAdmin, SourceAdmin
from projects.editing.statistic import StatisticAdmin
from projects.editing.user import RoleAdmin, UserAdmin

__all__ = [
    "AuditAdmin",
    "ClaimAdmin",
    "DepartmentAdmin",
    "IndicatorAdmin",
    "OrganisationAdmin",
    "PlaceAdmin",
    "ProjectAdmin",
    "RoleAdmin",
    "SectionAdmin",
    "SourceAdmin",
    "StatisticAdmin",
    "UserAdmin",
]
