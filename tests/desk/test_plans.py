"""What the lists of the desk and of the admin cost with many records: bounded rows, no scan of them all."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from projects.claims import current
from projects.desk import reporter_desk, reviewer_desk
from projects.models import Claim, Current, Project, ProjectMilestone
from projects.models.user import person_of
from projects.reports.reminders import outlook
from tests.cast import TODAY, department
from tests.paperwork import month_round
from tests.public.crowd import crowd
from tests.public.test_plans import plans, promised, scans, sqlite_alone

pytestmark = pytest.mark.django_db
FEW, MANY = 120, 3000
OF_REVIEWER = ["/desk/", "/desk/review/", "/desk/problems/"]
OF_EDITOR = ["/desk/", "/desk/imports/", "/desk/fill/"]
OF_ADMIN = ["/admin/projects/project/", "/admin/projects/project/?waits=yes"]


def filled(count: int) -> None:
    """Half of them are of the reporter's unit, the rest have none."""
    crowd(count, milestones=promised)
    QuerySet.update(
        Project.objects.filter(pk__lte=Project.objects.first().pk + count // 2), department=department()
    )
    current.refresh(list(Project.objects.values_list("pk", flat=True)))
    ProjectMilestone.objects.update(to_come_on=TODAY)
    month_round()
    if connection.vendor == "sqlite":
        connection.cursor().execute("ANALYZE")


@sqlite_alone
def test_no_list_scans_what_there_is_one_of_for_each_project_and_the_control_does(client, people):
    filled(MANY)
    client.force_login(people.reviewer)
    assert {path: found for path in OF_REVIEWER if (found := scans(plans(client, path)))} == {}
    client.force_login(people.editor)
    assert {path: found for path in OF_EDITOR if (found := scans(plans(client, path)))} == {}
    found = {path: scans(plans(client, path)) for path in OF_ADMIN}
    assert not any("current" in line or "claim" in line for lines in found.values() for line in lines)
    client.force_login(people.reviewer)
    with connection.cursor() as cursor:
        for index in (
            "current_expected",
            "current_facets",
            "current_stage",
            "current_condition",
            "current_unit",
        ):
            cursor.execute(f"DROP INDEX {index}")
    assert scans(plans(client, "/desk/?type=large"))


@sqlite_alone
def test_what_waits_is_found_by_its_own_index_and_the_control_by_what_all_have():
    waiting = Claim.objects.waiting_alone()
    for rows in (waiting.order_by(), waiting, waiting.order_by("entered_at")[:5]):
        assert "claim_waiting" in rows.explain()
    for rows in (Claim.objects.pending().filter(batch=None).order_by(), Claim.objects.pending()):
        assert "claim_waiting" not in rows.explain()


@pytest.mark.parametrize("count", [FEW, MANY])
def test_a_desk_reads_so_many_rows_whatever_there_is(people, count):
    filled(count)
    found = reporter_desk.desk_of(person_of(people.reporter), TODAY)
    assert len(found.due) <= reporter_desk.MAX_SHOWN and len(found.promises) <= reporter_desk.MAX_SHOWN
    assert found.is_cut is (count == MANY)
    watch = reviewer_desk.of_reviewer(person_of(people.reviewer), TODAY)
    assert watch.rounds[0].missing == watch.rounds[0].expected == Current.objects.expected().count()
    unnamed = reviewer_desk.unnamed(person_of(people.editor))
    assert len(unnamed.first) <= reviewer_desk.MAX_NAMED < unnamed.count


def test_reminders_read_the_promises_that_are_near_and_no_others(people):
    filled(FEW)
    near = ProjectMilestone.objects.all()[:2]
    ProjectMilestone.objects.exclude(pk__in=list(near.values_list("pk", flat=True))).update(to_come_on=None)
    assert len(outlook(TODAY).pledges) == 2
