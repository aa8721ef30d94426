"""What programs of tests need, in the process from which they are forked (`tests.programs`)."""

from importlib import import_module

import django

django.setup()
for name in (
    *("backups.commands", "desk.disk_programs", "imports.slow_reader", "management.machines"),
    *("records.hiding_workers", "reports.desk_workers"),
):
    import_module(f"tests.{name}")
