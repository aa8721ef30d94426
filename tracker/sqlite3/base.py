"""The engine: JSON columns without `CHECK (JSON_VALID(...))`, which SQLite then refuses to run.

Our own columns do without it by `models.fields.PlainJSONField`; those of packages cannot say so themselves.
"""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    data_type_check_constraints = {
        name: check
        for name, check in base.DatabaseWrapper.data_type_check_constraints.items()
        if name != "JSONField"
    }
