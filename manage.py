#!/usr/bin/env python
"""Django's command line. `./run manage …` calls it with the right Python and the right data folder."""

import os
import sys

from tracker import command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    command_line.run(sys.argv)
