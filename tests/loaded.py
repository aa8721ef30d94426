"""What programs of tests need, in the process from which they are forked (`tests.programs`)."""

import django

django.setup()

import tests.backups.commands  # noqa: E402
import tests.desk.disk_programs  # noqa: E402
import tests.imports.slow_reader  # noqa: E402
import tests.management.machines  # noqa: E402
import tests.records.hiding_workers  # noqa: E402
import tests.reports.desk_workers  # noqa: E402, F401 (and what these import)
