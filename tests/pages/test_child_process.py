"""A reader of foreign files has a process of its own: no secrets, little memory, little time."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from projects.pages import child_process

READERS = {
    "hungry": "def read(data): return str(len(bytearray(2**31)))",
    "busy": "def read(data):\n    while True: pass",
    "asleep": "import time\ndef read(data): time.sleep(60)",
    "broken": "def read(data): raise ZeroDivisionError('by zero')",
    "writing": "def read(data): open('/tmp/never-written', 'w').write('x')",
    "telling": "import os, sys\n"
    "def read(data): return repr((sorted(os.environ), 'django' in sys.modules, len(data)))",
}


@pytest.fixture
def reading(tmp_path, monkeypatch):
    """Readers of the test's own, with little patience."""
    for name, text in READERS.items():
        (tmp_path / f"{name}.py").write_text(text)
    here, text = tmp_path / "projects" / "formats" / "child.py", Path(child_process.__file__).read_text()
    here.parent.mkdir(parents=True)
    here.write_text(text.replace("MAX_CPU = 15", "MAX_CPU = 1"))
    monkeypatch.setattr(child_process, "__file__", str(here))
    monkeypatch.setattr(child_process, "MAX_WAIT", 15)
    return child_process.read


@pytest.mark.promise(
    "A reader of a foreign file that takes too much memory or time is ended, and the file is refused",
    control="test_control_one_that_takes_little_answers",
)
@pytest.mark.parametrize(("reader", "why"), [("hungry", "MemoryError"), ("busy", "-"), ("broken", "by zero")])
def test_one_that_takes_too_much_is_ended(reading, reader, why, figure):
    began = time.monotonic()
    with pytest.raises(child_process.Overrun, match=why):
        reading(reader, b"")
    figure(
        f"512 MB, {child_process.MAX_CPU} s of the processor; ended after {time.monotonic() - began:.1f} s"
    )


def test_one_that_sleeps_is_ended(reading, monkeypatch):
    monkeypatch.setattr(child_process, "MAX_WAIT", 2)
    with pytest.raises(child_process.Overrun, match="time"):
        reading("asleep", b"")


def test_it_writes_no_file(reading):
    with pytest.raises(child_process.Overrun, match="1: "):
        reading("writing", b"")


def test_control_one_that_takes_little_answers(reading, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    environment, has_django, size = eval(reading("telling", b"x" * 10**6))  # noqa: S307 (our own reader)
    assert (has_django, size) == (False, 10**6)
    assert not {"SECRET_KEY", "DATABASE_URL", "PATH"} & set(environment)


def test_the_reader_of_papers_loads_no_django():
    code = f"import sys; sys.path.insert(0, {str(child_process.ROOT)!r}); import projects.pages.pdf_reader"
    code += "; print([one for one in ('django', 'tracker') if one in sys.modules])"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
