"""Who may do what: the permissions of each role, and the rule of the second person."""

from projects.choices import Role

RECORDS = (
    "department",
    "place",
    "organisation",
    "indicator",
    "project",
    "alias",
    "projectparty",
    "source",
    "sourcesection",
)
ASSERTIONS = ("claim", "statistic")
DESK = ("round", "report", "reportdate", "problem", "problemreply")


def _may(verbs: str, *models: str) -> frozenset[str]:
    return frozenset(f"{verb}_{model}" for verb in verbs.split() for model in models)


READS = _may("view", *RECORDS, *ASSERTIONS)

# Claims have no `change`: what is published is corrected by a new claim.
PERMISSIONS = {
    Role.REPORTER: frozenset(),
    Role.REVIEWER: READS | _may("view", *DESK, "auditentry"),
    Role.EDITOR: READS
    | _may("add change delete", *RECORDS)
    | _may("add", *ASSERTIONS)
    | _may("view", "auditentry"),
}

DECIDES = (Role.REVIEWER, Role.EDITOR)


def may_decide(
    person: int, roles: frozenset[str], is_superuser: bool, entered_by: int | None, alone_may: bool
) -> bool:
    """Approving or refusing takes a second person, unless an office of one has switched that off."""
    has_role = is_superuser or any(role in roles for role in DECIDES)
    return has_role and (alone_may or person != entered_by)
