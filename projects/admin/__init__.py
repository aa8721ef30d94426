"""The door of the data editors: records, claims, people and the record of changes.

Everything is registered on a site of our own (`admin.site`); what is saved goes through `actions`.
"""

from projects.admin.audit import AuditAdmin
from projects.admin.claim import ClaimAdmin
from projects.admin.department import DepartmentAdmin
from projects.admin.indicator import IndicatorAdmin
from projects.admin.organisation import OrganisationAdmin
from projects.admin.place import PlaceAdmin
from projects.admin.project import ProjectAdmin
from projects.admin.source import SectionAdmin, SourceAdmin
from projects.admin.statistic import StatisticAdmin
from projects.admin.user import RoleAdmin, UserAdmin

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
