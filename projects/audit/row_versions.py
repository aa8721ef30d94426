"""The next version of a row: taken by one of two who save over the same version, refused to the other."""

from django.db.models import F

from projects.core.refusals import Refused
from projects.models.versioned import Versioned


def take_next(row: Versioned) -> None:
    """Within the transaction that saves the row, before it does; a new row has its first version already.

    Comparing and raising is one statement: of two at the same moment the second waits, and finds the version
    gone. By the plain manager, because a table may refuse `update()` to everybody else.
    """
    if row.pk is None:
        return
    seen = type(row)._base_manager.filter(pk=row.pk, version=row.version)
    if not seen.update(version=F("version") + 1):
        raise Refused("changed_meanwhile")
    row.version += 1
