"""The counts of wrong tries, in a table: as Django's cache, but a write that fails is no try too many."""

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connections, router, transaction

from tracker.trouble import trouble_of


class WrongTries(DatabaseCache):
    """Django's cache in a table, but one that raises trouble of the database.

    Django's own answers False whatever went wrong; allauth takes that for a lock that somebody holds, waits,
    and answers 429 as if there had been too many tries.
    """

    def _base_set(self, mode, key, value, timeout=DEFAULT_TIMEOUT):
        using, failed = router.db_for_write(self.cache_model_class), []

        def noted(execute, sql, params, many, context):
            try:
                return execute(sql, params, many, context)
            except DatabaseError as error:
                failed.append(error)
                raise

        # Within a transaction of ours, so that a commit that fails is heard of too.
        with connections[using].execute_wrapper(noted), transaction.atomic(using=using):
            is_done = super()._base_set(mode, key, value, timeout)
        if trouble := next(filter(trouble_of, failed), None):
            raise trouble
        return is_done
