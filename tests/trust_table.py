"""Write `docs/trust.md` from what the proofs reported: python -m tests.trust_table REPORT..."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "docs" / "trust.md"
HEAD = """\
# Promises and their proofs

Written by `./test --trust`, never by hand. Each promise is kept by a test that anyone can run, and each such
test has a control beside it that shows it failing on a build broken on purpose. "Both" means SQLite and
PostgreSQL.

| promise | proof | control | figure | date | engine |
| --- | --- | --- | --- | --- | --- |
"""
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def main(reports: list[str]) -> None:
    entries = [json.loads(line) for report in reports for line in Path(report).read_text().splitlines()]
    failed = sorted({entry["proof"] for entry in entries if entry["outcome"] == "failed"})
    if failed:
        sys.exit("Not written, for these failed:\n    " + "\n    ".join(failed))
    kept = [entry for entry in entries if entry["outcome"] == "passed"]
    TABLE.write_text(HEAD + "".join(f"| {' | '.join(row)} |\n" for row in sorted(rows(kept))))


def rows(entries: list[dict]) -> list[list[str]]:
    """A row a proof: of a parametrised test the figures that differ, of two engines both."""
    proofs: dict[tuple, list[dict]] = {}
    for entry in entries:
        proofs.setdefault((entry["promise"], entry["proof"], entry["control"]), []).append(entry)
    return [
        [promise, f"`{proof}`", f"`{control}`", figures(found), f"{datetime.now(UTC):%F}", engines(found)]
        for (promise, proof, control), found in proofs.items()
    ]


def figures(entries: list[dict]) -> str:
    said = dict.fromkeys(entry["figure"] for entry in entries if entry["figure"])
    return "; ".join(said) or "–"


def engines(entries: list[dict]) -> str:
    found = {entry["engine"] for entry in entries}
    return "both" if len(found) == len(ENGINES) else ENGINES[found.pop()]


if __name__ == "__main__":
    main(sys.argv[1:])
