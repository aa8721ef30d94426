"""The tables of the downloads, as a program reads them."""

import csv
import io
import re

from projects.opendata.export_files import FILES
from tests.pages.xlsx import read


def table(client, path: str, **query) -> list[dict[str, str]]:
    """The rows of a CSV by the codes of their columns."""
    answer = client.get(path, query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer["Content-Disposition"] == f'attachment; filename="{path.rpartition("/")[2]}"'
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def code_rows(client, path: str, file: str) -> list[dict[str, str]]:
    """The rows of the first sheet of a workbook, likewise."""
    page = next(iter(read(client.get(path).content).values()))
    codes = [one.code for one in FILES[file].table]
    found: dict[int, dict[str, str]] = {}
    letters = [address[:-1] for address in page.cells if re.fullmatch("[A-Z]+1", address)]
    by_letter = dict(zip(letters, codes, strict=True))
    for address, (_, text) in page.cells.items():
        column = address.rstrip("0123456789")
        row = found.setdefault(int(address.removeprefix(column)), dict.fromkeys(codes, ""))
        row[by_letter[column]] = text
    return [found[number] for number in sorted(found) if number > 1]
