"""A command of Django's, and in words what stopped it where a disk did."""

import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError

from tracker.trouble import Trouble, trouble_of

# What is merely taken for a busy database needs its traceback.
IN_WORDS = {
    Trouble.FULL: "the disk is full",
    Trouble.READ_ONLY: "the disk can be read but not written",
    Trouble.UNREADABLE: "a disk fails, or a file cannot be read",
}


def run(arguments: list[str]) -> None:
    """The first is what called it. What was done before stays done; a later run does the rest."""
    try:
        execute_from_command_line(arguments)
    except (OSError, DatabaseError) as error:
        if not (trouble := IN_WORDS.get(trouble_of(error))):
            raise
        sys.exit(f"Stopped: {trouble} ({error}). What is printed above is done; mend that and run it again.")
