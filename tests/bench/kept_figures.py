"""What was measured last of each size on each engine, in `docs/speed.json`: a run replaces only its own."""

import json
from dataclasses import asdict
from pathlib import Path

from tests.bench.measuring import Answer, Figures
from tests.bench.questions import Question

FILE = Path(__file__).resolve().parents[2] / "docs" / "speed.json"


def read(file: Path = FILE) -> list[Figures]:
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    return [_figures(one) for one in kept]


def keep(found: Figures, file: Path = FILE) -> list[Figures]:
    """All that is kept now, the smallest first."""
    others = [one for one in read(file) if (one.size, one.engine) != (found.size, found.engine)]
    kept = sorted([*others, found], key=lambda one: (one.size, one.engine != "SQLite"))
    lines = ",\n".join(json.dumps(asdict(one), ensure_ascii=False) for one in kept)
    file.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return kept


def _figures(kept: dict) -> Figures:
    asked = [Question(**one) for one in kept.pop("asked")]
    answers = {name: Answer(**one) for name, one in kept.pop("answers").items()}
    return Figures(**kept, asked=asked, answers=answers)
