"""A program for tests: a file of two sheets whose reading takes SECONDS and goes on in a thread.

begin SECONDS    say "begun"; on the line "wait" wait for the end of the reading, on any other go at once
tell             what is in the database
"""

import json
import sys
import time

from django.utils import timezone

from projects.imports import draft_sheet, file_readings, long_work
from projects.imports.draft_sheet import SentFile
from projects.models import Batch, FileReading
from projects.pages import excel_file
from projects.pages.excel_file import WorkbookSheet
from tests.cast import cast

PROGRAM = ("-c", "import django; django.setup(); from tests.imports.slow_reader import main; main()")
ROWS = 40


def begin(seconds: str) -> None:
    at, editor = timezone.now(), cast().editor
    names = [(f"第{number}厂", "工业") for number in range(ROWS)]
    sheets = [WorkbookSheet(name, ["项目名称", "项目类别"], names, {}) for name in ("甲表", "乙表")]
    data = excel_file.workbook(sheets, at)
    file = SentFile("大表.xlsx", data, "a" * 64)
    reading = long_work.start(_read, float(seconds), file)
    file_readings.go_on(reading, file, by=editor, at=at)
    print("begun", flush=True)
    if sys.stdin.readline() == "wait\n":
        reading.result()
        while FileReading.objects.filter(ended_at=None).exists():
            time.sleep(0.01)
        print("ended", flush=True)


def _read(seconds: float, file: SentFile) -> list:
    time.sleep(seconds)
    return draft_sheet.read(file, timezone.now())


def tell() -> None:
    row, at = FileReading.objects.get(), timezone.now()
    said = {"is_going_on": row.is_going_on(at), "drafts": len(file_readings.drafts_of(row))}
    print(json.dumps(said | {"batches": Batch.objects.count()}))


def main() -> None:
    {"begin": begin, "tell": tell}[sys.argv[1]](*sys.argv[2:])
