"""From the field history to versions: what was typed leaves old entries, numbers are kept, triggers stand."""

import json

import pytest
from django.db import connection

BEFORE = "0006_kept_texts"

# Written as the tables were then; run by `manage.py shell` on a database of its own.
OLD = """
import json
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from projects.models import append_only

# Going back put today's triggers on yesterday's columns.
if connection.vendor == "sqlite":
    append_only._run("default", append_only._drops)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TRIGGER projects_auditentry_no_update BEFORE UPDATE ON projects_auditentry "
                       "WHEN OLD.subject IS NOT NEW.subject BEGIN SELECT RAISE(ABORT, 'no'); END")
apps = MigrationExecutor(connection).loader.project_state(("projects", "0006_kept_texts")).apps
def make(model, /, **fields):
    return apps.get_model("projects", model).objects.create(**fields)

now, day = timezone.now(), timezone.localdate()
home = make("Department", code="fagai", name="甲", name_en="A")
of = make("Project", code="QJ-0007", slug="p", name="厂", name_en="Plant", kind="industrial",
          record_type="project", department=home)
make("HistoricalProject", id=9, code="QJ-0041", slug="gone", name="旧", name_en="Old", kind="industrial",
     record_type="project", history_date=now, history_type="-")
month = make("Round", month="2026-02", month_earliest="2026-02-01", month_latest="2026-02-28",
             opens_on="2026-02-25", closes_on="2026-03-05", opened_at=now)
report = make("Report", round=month, project=of, department=home)
for number, (action, subject, after) in enumerate([
    ("project.save", "QJ-0007", {"name": "厂"}),
    ("report.enter", "2026-02 QJ-0007", {"state": "draft", "works": "zzdraftzz"}),
    ("problem.raise", "2026-02 QJ-0007 #3", {"text": "zzproblemzz"}),
    ("user.save", "somebody", {"email": "zzmailzz", "roles": ["Editor"]}),
], start=1):
    make("AuditEntry", number=number, at=now, action=action, subject=subject, after=after,
         previous_hash=f"{number - 1:064}", hash=f"{number:064}")
"""

NEW = """
import json
from django.db import IntegrityError, transaction
from projects.records.addresses import next_code
from projects.models import AuditEntry, Project
rows = AuditEntry.objects.order_by("number")
try:
    with transaction.atomic():
        AuditEntry.objects.update(subject="another")
    stands = False
except IntegrityError:
    stands = True
with transaction.atomic():
    code = next_code()
print(json.dumps({
    "entries": [[one.reach, one.report_id is not None, one.after] for one in rows],
    "code": code, "version": Project.objects.get().version, "stands": stands,
}))
"""


@pytest.mark.django_db
def test_an_older_database_comes_along(own_database):
    own_database.run("manage.py", "migrate", "projects", BEFORE, "--verbosity", "0")
    own_database.run("manage.py", "shell", "--no-imports", "-c", OLD)
    own_database.run("manage.py", "migrate", "--verbosity", "0")
    said = own_database.run("manage.py", "shell", "--no-imports", "-c", NEW)
    told = json.loads(said.splitlines()[-1])
    assert told["entries"] == [
        ["records", False, {"name": "厂"}],
        ["report", True, {"state": "draft", "fields": ["works"]}],
        ["report", True, {"fields": ["text"]}],
        ["administrators", False, {"roles": ["Editor"], "fields": ["email"]}],
    ]
    assert (told["code"], told["version"], told["stands"]) == ("QJ-0042", 1, True)
    assert own_database.run("manage.py", "verify_audit").startswith("4 entries")


@pytest.mark.django_db
def test_no_table_of_the_field_history_is_left():
    assert [one for one in connection.introspection.table_names() if "historical" in one] == []
