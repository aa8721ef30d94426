"""Trouble of database, disks and clock told apart, and the words for it in both languages.

`trouble_of` looks at an exception alone; who answers with the words is `tracker.middleware`, who asks the
folders themselves `tracker.disks`.
"""

import errno
from enum import StrEnum

from django.db import InterfaceError, OperationalError


class Trouble(StrEnum):
    FULL = "full"
    READ_ONLY = "read-only"
    UNREADABLE = "unreadable"
    BUSY = "busy"  # locked, restarting, out of connections
    CLOCK = "clock"


_OF_SYSTEM = {
    Trouble.FULL: (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
    Trouble.READ_ONLY: (errno.EROFS,),
    Trouble.UNREADABLE: (errno.EACCES, errno.EPERM, errno.EIO, errno.ENXIO, errno.ESTALE, errno.ENOTCONN),
    Trouble.BUSY: (errno.EMFILE, errno.ENFILE),
}
# SQLite's primary codes (sqlite.org/rescode.html), and its words where a code did not travel along.
_OF_SQLITE = {
    Trouble.FULL: (13,),
    Trouble.READ_ONLY: (8,),
    Trouble.UNREADABLE: (3, 10, 11, 14, 26),  # PERM, IOERR, CORRUPT, CANTOPEN, NOTADB
    Trouble.BUSY: (5, 6, 9),  # BUSY, LOCKED, INTERRUPT
}
_IN_WORDS = {
    Trouble.FULL: ("database or disk is full", "no space left on device"),
    Trouble.READ_ONLY: ("readonly database", "read-only transaction", "read-only file system"),
    Trouble.UNREADABLE: (
        "unable to open database file",
        "disk i/o error",
        "disk image is malformed",
        "not a database",
    ),
}
# PostgreSQL's codes, or the class with which they begin.
_OF_POSTGRESQL = {
    Trouble.FULL: ("53100",),
    Trouble.READ_ONLY: ("25006",),
    Trouble.UNREADABLE: ("58030", "XX001", "XX002"),
    Trouble.BUSY: ("08", "53", "55P03", "57P", "57014", "40001", "40P01"),
}

WORDS = {
    Trouble.FULL: (
        "服务器磁盘已满，这次没有保存。此前保存的内容都在，浏览不受影响。请告知管理员，腾出空间后再提交。",
        "The server's disk is full: nothing was saved this time. What was saved before is there and can be"
        " read. Please tell the administrator, and send it again once there is room.",
    ),
    Trouble.READ_ONLY: (
        "服务器存储目前只能读取，不能写入，这次没有保存。浏览不受影响。请告知管理员，恢复后再提交。",
        "The server's storage can be read but not written at the moment: nothing was saved. Please tell the"
        " administrator, and send it again once it can.",
    ),
    Trouble.UNREADABLE: (
        "服务器存储目前无法读取，这次没有保存。请告知管理员，恢复后再试。",
        "The server's storage cannot be read at the moment: nothing was saved. Please tell the administrator,"
        " and try again once it can.",
    ),
    Trouble.BUSY: (
        "数据库正忙或正在恢复。您的操作没有保存，请稍后再试。",
        "The database is busy or recovering. Nothing was saved; please try again shortly.",
    ),
    Trouble.CLOCK: (
        "服务器时钟可能不对，为避免记下错误的日期，这次没有保存。"
        "请告知管理员：校准时钟；时钟若无误，运行 ./run manage confirm_clock。",
        "The server's clock may be wrong: so that no wrong date goes on record, nothing was saved. Please"
        " tell the administrator to set it right or, if it is right, to run ./run manage confirm_clock.",
    ),
}


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What it tells, or what caused it; None where it is no trouble of this kind."""
    seen = error
    while seen is not None:
        if found := getattr(seen, "trouble", None) or _by_code(seen) or _by_words(seen):
            return Trouble(found)
        seen = seen.__cause__
    return Trouble.BUSY if isinstance(error, (OperationalError, InterfaceError)) else None


def _by_code(error: BaseException) -> Trouble | None:
    if code := getattr(error, "sqlite_errorcode", None):
        return _kind(_OF_SQLITE, lambda known: known == code & 0xFF)
    if state := getattr(error, "sqlstate", None):
        return _kind(_OF_POSTGRESQL, state.startswith)
    if isinstance(error, OSError) and error.errno:
        return _kind(_OF_SYSTEM, lambda known: known == error.errno)
    return None


def _by_words(error: BaseException) -> Trouble | None:
    """Of a database alone: what people write may hold any words."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return None
    said = str(error).lower()
    return _kind(_IN_WORDS, lambda words: words in said)


def _kind(table: dict[Trouble, tuple], is_it) -> Trouble | None:
    return next((kind for kind, known in table.items() if any(map(is_it, known))), None)
