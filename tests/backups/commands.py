"""Commands in one process of their own, given one after the other; and what a database holds.

database.run(*PROGRAM, '["backup"]', '["verify"]')   a JSON line for each: whether it ended well, what it said
digests, chain, approved, tamper                      what is in the tables, in commands of the same form
"""

import hashlib
import io
import json
import sys

from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from projects.models import AuditEntry, Claim

# The tables can be imported only once Django is set up.
PROGRAM = ("-c", "import django; django.setup(); from tests.backups.commands import main; main()")
TAMPERING = (
    "DELETE FROM projects_auditentry",
    "UPDATE projects_auditentry SET action = 'x'",
    "DELETE FROM projects_claim WHERE approved_at IS NOT NULL",
    "UPDATE projects_claim SET note = 'x' WHERE approved_at IS NOT NULL",
)
TRUNCATING = ("TRUNCATE projects_auditentry", "TRUNCATE projects_claim CASCADE")


def digests() -> dict[str, str]:
    """Of all rows of each table."""
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed]
    return {model._meta.db_table: _digest(model) for model in models if not model._meta.proxy}


def _digest(model) -> str:
    rows = sorted(map(repr, model._base_manager.values_list()))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def chain() -> dict[int, str]:
    return dict(AuditEntry.objects.values_list("number", "hash"))


def approved() -> list[str]:
    return list(Claim.objects.approved().order_by("ref").values_list("ref", flat=True))


def tamper() -> list[str]:
    """What could be done past the triggers."""
    truncating = TRUNCATING if connection.vendor == "postgresql" else ()
    return [sql for sql in (*TAMPERING, *truncating) if _is_done(sql)]


def _is_done(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            transaction.set_rollback(True)
        return True
    except DatabaseError:
        return False


def main() -> None:
    own = {one.__name__: one for one in (digests, chain, approved, tamper)}
    for given in map(json.loads, sys.argv[1:]):
        said = own[given[0]]() if given[0] in own else _of_command(*given)
        print(json.dumps(said), flush=True)


def _of_command(*given: str) -> dict:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*given, stdout=out, stderr=err)
    except CommandError as error:
        return {"is_done": False, "said": f"{out.getvalue()}{err.getvalue()}{error}"}
    return {"is_done": True, "said": out.getvalue() + err.getvalue()}
