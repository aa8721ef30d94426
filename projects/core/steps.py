"""The order of a project's steps: a later one does not come before an earlier one."""

from projects.choices import Milestone

# Which of signing and approval comes first is open.
ORDER: dict[str, int] = {
    Milestone.SIGNED: 0,
    Milestone.APPROVED: 0,
    Milestone.STARTED: 1,
    Milestone.STRUCTURE: 2,
    Milestone.COMPLETED: 3,
    Milestone.OPERATING: 4,
    Milestone.FULL_CAPACITY: 5,
}
