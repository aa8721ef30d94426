"""The file of a backup: whole or refused, to the last bit."""

import os
import random
import tarfile

import pytest

from tracker.backups import archive
from tracker.backups.archive import Damaged

FLIPS = 100


@pytest.fixture
def backup(tmp_path):
    """Of two members, the second with much padding behind it."""
    for name, size in (("database.sqlite3", 40_000), ("photo.jpg", 1)):
        (tmp_path / name).write_bytes(random.Random(1).randbytes(size))
    members = [
        ("database.sqlite3", tmp_path / "database.sqlite3"),
        ("media/photo.jpg", tmp_path / "photo.jpg"),
    ]
    archive.write(tmp_path / "backup.tar", members, {"engine": "sqlite"})
    return tmp_path / "backup.tar"


def flipped(path, position: int, bit: int):
    damaged = path.with_name("damaged.tar")
    data = bytearray(path.read_bytes())
    data[position] ^= 1 << bit
    damaged.write_bytes(data)
    return damaged


def is_noticed(path) -> bool:
    try:
        archive.check(path)
    except Damaged:
        return True
    return False


@pytest.mark.promise(
    "A flipped bit anywhere in a backup is noticed",
    control="test_control_the_padding_is_covered_by_no_member",
)
def test_a_flipped_bit_is_noticed(backup, figure):
    places = random.Random(2)
    spots = [(places.randrange(backup.stat().st_size), places.randrange(8)) for _ in range(FLIPS)]
    spots += [(place, 0) for place in (0, 511, 40_600, -1)]
    assert all(is_noticed(flipped(backup, *spot)) for spot in spots) and not is_noticed(backup)
    figure(f"{len(spots)} bits")


def test_control_the_padding_is_covered_by_no_member(backup, tmp_path):
    """A build that checks the members alone takes a backup that is not as it was written."""
    with tarfile.open(backup) as tar:
        photo = tar.getmember("media/photo.jpg")
    damaged = flipped(backup, photo.offset_data + 100, 0)
    archive.unpack(damaged, archive._manifest(damaged), tmp_path / "out")
    assert is_noticed(damaged)


@pytest.mark.parametrize("size", [0, 1, 71, 72, 512, 20_000, -1])
def test_a_cut_one_is_noticed(backup, tmp_path, size):
    (tmp_path / "cut.tar").write_bytes(backup.read_bytes()[:size])
    assert is_noticed(tmp_path / "cut.tar")


def test_what_is_unpacked_is_what_was_packed(backup, tmp_path):
    manifest = archive.check(backup)
    assert manifest["engine"] == "sqlite" and oct(backup.stat().st_mode & 0o777) == "0o600"
    archive.unpack(backup, manifest, tmp_path / "out")
    for packed, unpacked in (("database.sqlite3", "database.sqlite3"), ("photo.jpg", "media/photo.jpg")):
        assert (tmp_path / packed).read_bytes() == (tmp_path / "out" / unpacked).read_bytes()


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "media/../../outside", "unheard-of"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    (tmp_path / "file").write_bytes(b"x")
    members = [(name, tmp_path / "file")]
    manifest = archive.write(tmp_path / "backup.tar", members, {})
    if name == "unheard-of":
        manifest["files"] = []
    with pytest.raises(Damaged, match="does not belong"):
        archive.unpack(tmp_path / "backup.tar", manifest, tmp_path / "out")


def test_what_fails_leaves_nothing(tmp_path):
    with pytest.raises(OSError, match="full"), archive.written_aside(tmp_path / "backup.tar") as part:
        part.write_bytes(b"half")
        raise OSError("full")
    assert os.listdir(tmp_path) == []
