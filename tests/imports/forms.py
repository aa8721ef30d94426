"""Ten differently shaped blank forms, as superiors send them: headings, units, merged cells, totals, formats.

Each is drawn from its number. Their cells have formats, so that what must be kept can be seen.
"""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

from projects.imports.rules.cells import address, letters
from tests.imports.shapes import GROUPS, HEADS, UNITS
from tests.imports.workbooks import XML, Formula, sheet_xml, workbook

FILLED = ("name", "department", "kind", "funding", "stage", "total_investment", "annual_plan")
FILLED += ("invested_in_period", "promised_started", "promised_completed", "works")
STYLES = (
    f'{XML}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/></font></fonts><fills count="2"><fill/><fill/></fills>'
    '<borders count="2"><border/><border><left style="thin"/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/><xf borderId="1" numFmtId="0"/><xf borderId="1" numFmtId="2"/>'
    '<xf borderId="1" numFmtId="164"/></cellXfs></styleSheet>'
)


@dataclass
class BlankFormShape:
    number: int
    columns: list[str] = field(default_factory=list)
    heading: int = 0  # its last row
    first: int = 0
    free: int | None = None  # rows before something stands below

    def __post_init__(self):
        self.dice = random.Random(self.number)
        self.unit = self.dice.choice(list(UNITS))
        self.is_grouped = self.number % 3 == 1
        loose = [one for one in FILLED if not (self.is_grouped and one in GROUPS)]
        self.dice.shuffle(loose)
        if self.is_grouped:
            loose += list(GROUPS)
        self.columns = ["serial", *loose, "nothing"]

    def file(self) -> bytes:
        rows, merged = self._heading()
        self.heading = len(rows)
        if self.number % 4 == 2:
            rows.append([str(at) for at in range(1, len(self.columns) + 1)])
        if self.number % 5 == 3:
            rows.append(
                ["合计", *[Formula(self._sum(len(rows) + 2, len(rows) + 20, "total_investment"), "0")]]
            )
        self.first = len(rows) + 1
        self.free = [None, 3, 8, 30][self.number % 4]
        if self.free:
            rows += [[at if self.number % 2 else None] for at in range(1, self.free + 1)]
            last = len(rows)
            total: list = [None] * len(self.columns)
            total[0] = "合 计"
            total[self._at("total_investment")] = Formula(
                self._sum(self.first, last, "total_investment"), "0"
            )
            rows += [total, ["备注：金额保留原有小数。"]]
            merged.append(f"A{last + 2}:{letters(len(self.columns))}{last + 2}")
        xml = self._styled(sheet_xml(rows, merged))
        return workbook([], sheet=xml, more={"xl/styles.xml": STYLES, "xl/media/image1.png": b"\x89PNG" * 9})

    def _at(self, column: str) -> int:
        return self.columns.index(column)

    def _sum(self, first: int, last: int, column: str) -> str:
        at = letters(self._at(column) + 1)
        return f"SUM({at}{first}:{at}{last})"

    def _heading(self) -> tuple[list[list], list[str]]:
        width, rows, merged = len(self.columns), [], []
        if self.number % 2:
            rows.append([f"市级重点项目推进情况统计表（{self.number}）"])
            merged.append(f"A1:{letters(width)}1")
            rows.append([None] * (width - 1) + [f"单位：{self.unit}"])
        heads = [self._head(one) for one in self.columns]
        if not self.is_grouped:
            return [*rows, heads], merged
        upper: list = []
        for column, head in zip(self.columns, heads, strict=True):
            group = GROUPS[column][0] if column in GROUPS else head
            upper.append(None if group in upper else group)
        lower = [heads[at] if one in GROUPS else None for at, one in enumerate(self.columns)]
        at = len(rows) + 1
        for place, one in enumerate(self.columns, 1):
            if one not in GROUPS:
                merged.append(f"{letters(place)}{at}:{letters(place)}{at + 1}")
        for name in ("投资情况", "计划时间节点"):
            places = [
                letters(n)
                for n, one in enumerate(self.columns, 1)
                if one in GROUPS and GROUPS[one][0] == name
            ]
            merged.append(f"{places[0]}{at}:{places[-1]}{at}")
        return [*rows, upper, lower], merged

    def _head(self, column: str) -> str:
        if column == "nothing":
            return "需要协调解决的问题"
        text = GROUPS[column][1] if self.is_grouped and column in GROUPS else self.dice.choice(HEADS[column])
        is_sum = column in ("total_investment", "annual_plan", "invested_in_period")
        return f"{text}（{self.unit}）" if is_sum and not self.number % 2 else text

    def _styled(self, xml: str) -> str:
        """Free rows with borders, the sums with two decimals, one column of days."""
        space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        ElementTree.register_namespace("", space[1:-1])
        tree = ElementTree.fromstring(xml)  # noqa: S314 (of our own making)
        data = tree.find(f"{space}sheetData")
        rows = {int(row.get("r")): row for row in data}
        for number in range(self.first, self.first + min(self.free or 2, 9)):
            row = rows.get(number)
            if row is None:
                row = ElementTree.SubElement(data, f"{space}row", {"r": str(number)})
                rows[number] = row
            row.attrib |= {"ht": "24", "customHeight": "1"}
            own = {cell.get("r"): cell for cell in row}
            for cell in list(row):
                row.remove(cell)
            for at, column in enumerate(self.columns, 1):
                place = address(number, at)
                cell = own.get(place)
                if cell is None:
                    cell = ElementTree.Element(f"{space}c", {"r": place})
                style = "2" if "invest" in column or column == "annual_plan" else "1"
                cell.set("s", "3" if column == "promised_completed" and self.number % 2 else style)
                row.append(cell)
        data[:] = [rows[number] for number in sorted(rows)]
        return ElementTree.tostring(tree, encoding="unicode")


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}
