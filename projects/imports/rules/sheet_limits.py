"""How large a sheet may be. What lies beyond is refused with the limit, never cut off."""

from projects.core.refusals import Refused
from projects.imports.rules.cells import address

MAX_FILE = 10 * 2**20
MAX_UNPACKED = 64 * 2**20  # of all parts of a workbook together
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 100_000  # with something in them
MAX_ELEMENTS = 500_000  # of all parts together, blank cells apart
MAX_CHARACTERS = 32_767  # of a cell, as in Excel
# Of drop-downs; those beyond are not looked at.
MAX_LISTS, MAX_WORDS, MAX_AREAS = 200, 1_000, 1_000


def room_for(row: int, column: int, left: int) -> int:
    """How many cells may come after this one."""
    if row < 1 or column < 1:
        raise Refused("sheet_file_broken")
    if column > MAX_COLUMNS:
        raise Refused("sheet_too_wide", text=address(row, column), number=str(MAX_COLUMNS))
    if row > MAX_ROWS:
        raise Refused("sheet_too_long", text=address(row, column), number=str(MAX_ROWS))
    if not left:
        raise Refused("sheet_too_full", number=str(MAX_CELLS))
    return left - 1
