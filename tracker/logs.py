"""Log lines: one JSON object each, in which nothing from a request can start a new line or move a cursor."""

import json
import logging
import re
from datetime import UTC, datetime

# JSON escapes what lies below U+0020; these also end lines, drive terminals or turn the reading direction.
UNSAFE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# What opens an account once must not be read in a log before.
ONE_TIME = re.compile(r"(/accounts/reset/)[^\s\"']+")


class JsonLines(logging.Formatter):
    """When, how grave, who says it, what; with the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": ONE_TIME.sub(r"\1…", record.getMessage()),
        }
        if status := getattr(record, "status_code", None):
            entry["status"] = status
        if record.exc_info:
            entry["traceback"] = ONE_TIME.sub(r"\1…", self.formatException(record.exc_info))
        line = json.dumps(entry, ensure_ascii=False)
        return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", line)
