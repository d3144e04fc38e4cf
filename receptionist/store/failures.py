"""What a database's exceptions mean for its user: each becomes a sentence that says what to do."""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError

from receptionist.errors import SlotTaken, StaleRow, StoreError
from receptionist.i18n import N_, _

_FULL = N_(
    "The disk is full: nothing more can be saved. Free some space; what was saved before is safe."
)
_NOT_WRITABLE = N_(
    "The database cannot be opened or written. Check that you may write to its folder and that the"
    " disk is connected."
)
_DAMAGED = N_(
    "The database is damaged or is not one of this program. Keep the file, and put back the latest"
    " copy of it."
)
_HELD = N_("Another program holds the database. Close it and try again.")
_DISK = N_("The disk reports an error. Copy the data to another disk before you go on.")
_UNREACHABLE = N_(
    "The database server does not answer or refuses us. Check its address, user and password."
)
_CONTRADICTS = N_(
    "The database refused an entry that contradicts another one. Start the program again and repeat"
    " it."
)
_OTHER = N_("The database reports an error. Start the program again; the log says more.")

_SQLITE = {
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _NOT_WRITABLE,
    "SQLITE_CANTOPEN": _NOT_WRITABLE,
    "SQLITE_PERM": _NOT_WRITABLE,
    "SQLITE_AUTH": _NOT_WRITABLE,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_BUSY": _HELD,
    "SQLITE_LOCKED": _HELD,
    # The file beside the database finds no room: sqlite3's os_unix.c, unixShmMap.
    "SQLITE_IOERR_SHMSIZE": _FULL,
    "SQLITE_IOERR": _DISK,
    "SQLITE_CONSTRAINT": _CONTRADICTS,
}
# Classes of SQLSTATE: https://www.postgresql.org/docs/15/errcodes-appendix.html
_SQLSTATE = {
    "08": _UNREACHABLE,
    "28": _UNREACHABLE,
    "3D": _UNREACHABLE,
    "57": _UNREACHABLE,
    "53": _FULL,
    "58": _DISK,
    "XX": _DAMAGED,
    "42": _NOT_WRITABLE,
    "25": _NOT_WRITABLE,
    "23": _CONTRADICTS,
}
_EXCLUSION_VIOLATION = "23P01"
_LOST_A_RACE = ("40001", "40P01")


def slot_taken() -> SlotTaken:
    """The error of a period that is no longer free."""
    return SlotTaken(_("This time is no longer free. Choose another one."))


def stale() -> StaleRow:
    """The error of a lost compare-and-set."""
    return StaleRow(_("Somebody else has just changed this. Look at it again."))


def translated(error: DBAPIError | sqlite3.Error | OSError) -> StoreError:
    """The same failure in our own terms."""
    if isinstance(error, OSError):
        return StoreError(_(_FULL if error.errno == errno.ENOSPC else _NOT_WRITABLE))
    cause = _cause(error)
    if isinstance(cause, sqlite3.Error):
        return _from_sqlite(cause)
    return _from_postgresql(getattr(cause, "sqlstate", None))


def in_short(error: DBAPIError | sqlite3.Error | OSError) -> str:
    """The failure for the log, in one line: the later ones may quote what was to be stored."""
    cause = _cause(error)
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    words = (str(cause).splitlines() or [""])[0]
    return f"{type(cause).__name__} {code} {words}"


def _cause(error: BaseException) -> BaseException:
    return error.orig or error if isinstance(error, DBAPIError) else error


def _from_sqlite(error: sqlite3.Error) -> StoreError:
    if "slot taken" in str(error):
        return slot_taken()
    name = getattr(error, "sqlite_errorname", "") or ""
    sentence = next((words for code, words in _SQLITE.items() if name.startswith(code)), _OTHER)
    return StoreError(_(sentence))


def _from_postgresql(sqlstate: str | None) -> StoreError:
    if sqlstate is None:
        return StoreError(_(_UNREACHABLE))
    if sqlstate == _EXCLUSION_VIOLATION:
        return slot_taken()
    if sqlstate in _LOST_A_RACE:
        return stale()
    return StoreError(_(_SQLSTATE.get(sqlstate[:2], _OTHER)))
