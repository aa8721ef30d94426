"""The same hundred projects in fifty shapes of workbook: headings, order, units, dates, totals, files.

Each shape is drawn from its number, so that one that fails can be looked at by itself.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from projects.choices import Funding, Kind, Stage
from tests.imports.workbooks import Formula, Month, csv_text, serial, workbook

WORDS = [
    "青云",
    "白石",
    "金桥",
    "长坝",
    "龙泉",
    "虎溪",
    "凤鸣",
    "麒麟",
    "东岭",
    "西湾",
    "南关",
    "北渡",
    "清河",
    "浊水",
    "高梁",
    "低谷",
    "春晓",
    "秋实",
    "夏荷",
    "冬梅",
]
KINDS = {
    "轻合金厂": Kind.INDUSTRIAL,
    "水库": Kind.WATER,
    "物流园": Kind.LOGISTICS,
    "高速公路": Kind.TRANSPORT,
    "医院": Kind.HEALTH,
}
KIND_WORDS = {
    Kind.INDUSTRIAL: ["工业", "industrial", "工业项目"],
    Kind.WATER: ["水利", "水利工程", "水利 "],
    Kind.LOGISTICS: ["物流", "现代物流"],
    Kind.TRANSPORT: ["交通", "交通基础设施"],
    Kind.HEALTH: ["医疗康养", "卫生健康", "医疗"],
}
STAGE_WORDS = {
    Stage.PLANNED: ["谋划", "谋划阶段", "planned"],
    Stage.PREPARING: ["前期", "前期工作", "前 期"],
    Stage.BUILDING: ["在建", "建设中", "施工中", "已开工"],
    Stage.COMPLETED: ["竣工", "已竣工", "完工"],
}
FUNDING_WORDS = {
    Funding.GOVERNMENT: ["政府投资", "政府", "财政资金"],
    Funding.PRIVATE: ["社会投资", "民间投资", "企业自筹"],
}
DEPARTMENTS = {
    "fagai": ["发展改革委", "区发展改革委", "綦江区发展改革委"],
    "jiaotong": ["交通局", "区交通局", "jiaotong"],
}
HEADS = {
    "serial": ["序号", "编号 ", "序\n号", "NO."],
    "name": ["项目名称", "项 目 名 称", "建设项目名称", "工程名称", "项目名称*"],
    "department": ["责任单位", "牵头单位", "牵头责任单位", "行业主管部门", "责任部门"],
    "kind": ["项目类别", "类别", "项目分类", "所属领域"],
    "funding": ["投资性质", "资金来源", "资金性质"],
    "stage": ["进展阶段", "项目阶段", "目前阶段", "建设状态", "所处阶段"],
    "total_investment": ["总投资", "投资总额", "计划总投资", "项目总投资", "概算总投资"],
    "annual_plan": ["2026年计划投资", "年度计划投资", "2026年度投资计划", "今年计划投资", "年度投资计划"],
    "invested_in_period": ["今年完成投资", "1-2月完成投资", "本年累计完成投资", "2026年1-2月完成投资"],
    "promised_started": ["计划开工时间", "拟开工时间", "开工时间（计划）", "预计开工日期", "计划开工年月"],
    "promised_completed": [
        "计划竣工时间",
        "计划完工时间",
        "预计建成时间",
        "竣（完）工计划时间",
        "计划竣工日期",
    ],
    "works": ["目前进展情况", "进展情况", "项目进展", "当前形象进度", "推进情况"],
}
GROUPS = {  # a heading over several columns, and what stands below it
    "total_investment": ("投资情况", "总投资"),
    "annual_plan": ("投资情况", "2026年计划"),
    "promised_started": ("计划时间节点", "开工时间"),
    "promised_completed": ("计划时间节点", "竣工时间"),
}
AMOUNTS = ("total_investment", "annual_plan", "invested_in_period")
UNITS = {"元": 0, "万元": 4, "亿元": 8}


@dataclass(frozen=True)
class SampleProject:
    name: str
    kind: Kind
    department: str
    funding: Funding
    stage: Stage
    total: int  # yuan
    plan: int
    invested: int
    start: date  # of which the month is known
    end: date
    works: str


def sample() -> list[SampleProject]:
    dice, found = random.Random(17), []
    for word in WORDS:
        for kind, code in KINDS.items():
            total = dice.randrange(1_000, 900_000) * 10**6 // 100
            found.append(
                SampleProject(
                    f"{word}{kind}",
                    code,
                    dice.choice(list(DEPARTMENTS)),
                    dice.choice(list(FUNDING_WORDS)),
                    dice.choice(list(STAGE_WORDS)),
                    total,
                    total // 4 // 10**4 * 10**4,
                    dice.randrange(0, 500) * 10**4,
                    date(2026, dice.randrange(3, 13), 1),
                    date(2027, dice.randrange(1, 13), dice.randrange(1, 29)),
                    f"{word}片区正在{dice.choice(['平场', '办理手续', '主体施工'])}，共{len(found)}栋",
                )
            )
    return found


class Shape:
    """One way of writing the projects down."""

    def __init__(self, number: int):
        self.dice = random.Random(number)
        self.number = number
        self.is_text = number % 5 == 4
        self.is_grouped = number % 3 == 1
        self.unit_is_in = self.dice.choice(["head", "cells"] if self.is_text else ["head", "title", "cells"])
        self.unit = self.dice.choice(list(UNITS))

    @cached_property
    def columns(self) -> list[str]:
        """In some order; those under one heading stay together, and a number stands first or not at all."""
        loose = [one for one in HEADS if one != "serial" and not (self.is_grouped and one in GROUPS)]
        self.dice.shuffle(loose)
        if self.is_grouped:
            for group in ("投资情况", "计划时间节点"):
                at = self.dice.randrange(len(loose) + 1)
                at = next((i for i in range(at, len(loose) + 1) if self._parts_nothing(loose, i)), len(loose))
                loose[at:at] = [one for one, (of, _) in GROUPS.items() if of == group]
        return [*(["serial"] if self.dice.random() < 0.7 else []), *loose]

    @staticmethod
    def _parts_nothing(columns: list[str], at: int) -> bool:
        sides = [GROUPS.get(one, (one,))[0] for one in columns[max(at - 1, 0) : at + 1]]
        return len(set(sides)) == len(sides)

    @cached_property
    def heads(self) -> dict[str, str]:
        found = {one: self.dice.choice(HEADS[one]) for one in self.columns}
        if self.unit_is_in == "head":
            form = self.dice.choice(["{}（{}）", "{}({})", "{}\n（单位：{}）", "{}/{}"])
            found |= {one: form.format(found[one], self.unit) for one in AMOUNTS}
        return found

    def file(self) -> bytes:
        rows, merged = self._heading()
        body = [self._row(number, one) for number, one in enumerate(sample(), 1)]
        rows += self._with_total(self._interrupted(body, rows[-1]))
        if self.dice.random() < 0.5:
            rows += [[], ["填报单位：发展改革委", None, None, "填报人：某某"]]
        if self.is_text:
            encoding = self.dice.choice(["utf-8", "utf-8-sig", "gb18030"])
            return csv_text(rows, self.dice.choice(",;\t")).encode(encoding)
        return workbook(rows, merged=merged)

    def _heading(self) -> tuple[list[list], list[str]]:
        rows: list[list] = []
        merged: list[str] = []
        width = len(self.columns)
        if self.unit_is_in == "title" or self.dice.random() < 0.6:
            rows.append(["綦江区2026年重点项目进展情况表"])
            rows.append(
                [None] * (width - 1) + [f"单位：{self.unit}" if self.unit_is_in == "title" else "2026年3月"]
            )
            merged.append(f"A1:{chr(64 + width)}1")
        if not self.is_grouped:
            return [*rows, [self.heads[one] for one in self.columns]], merged
        upper, lower = [], []
        for column in self.columns:
            group, below = GROUPS.get(column, (self.heads[column], None))
            upper.append(None if upper and group in upper else group)
            lower.append(self._below(column, below))
        at = len(rows) + 1
        merged += self._merged(upper, lower, at)
        return [*rows, upper, lower], merged

    def _below(self, column: str, text: str | None) -> str | None:
        is_of_unit = text and column in AMOUNTS and self.unit_is_in == "head"
        return f"{text}（{self.unit}）" if is_of_unit else text

    def _merged(self, upper: list, lower: list, at: int) -> list[str]:
        found = []
        for column, text in enumerate(upper):
            letter = chr(65 + column)
            if lower[column] is None:
                found.append(f"{letter}{at}:{letter}{at + 1}")
            elif text is not None:
                last = column
                while last + 1 < len(upper) and upper[last + 1] is None and lower[last + 1] is not None:
                    last += 1
                found.append(f"{letter}{at}:{chr(65 + last)}{at}")
        return found

    def _row(self, number: int, one: SampleProject) -> list:
        cells = {
            "serial": number,
            "name": self.dice.choice([one.name, f" {one.name}", f"{one.name}\n", one.name]),
            "department": self.dice.choice(DEPARTMENTS[one.department]),
            "kind": self.dice.choice(KIND_WORDS[one.kind]),
            "funding": self.dice.choice(FUNDING_WORDS[one.funding]),
            "stage": self.dice.choice(STAGE_WORDS[one.stage]),
            "total_investment": self._amount(one.total),
            "annual_plan": self._amount(one.plan),
            "invested_in_period": self._amount(one.invested),
            "promised_started": self._month(one.start),
            "promised_completed": self._day(one.end),
            "works": one.works,
        }
        return [cells[column] for column in self.columns]

    def _amount(self, yuan: int) -> object:
        unit = self.unit if self.unit_is_in != "cells" else self.dice.choice(list(UNITS))
        text = f"{Decimal(yuan).scaleb(-UNITS[unit]):f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        if self.unit_is_in == "cells":
            return text + unit
        grouped = f"{Decimal(text):,f}"
        wide = grouped.translate({ord(str(one)): chr(0xFF10 + one) for one in range(10)})
        plain = text if self.is_text else float(text) if "." in text else int(text)
        return self.dice.choice([plain, plain, text, grouped, wide])

    def _month(self, on: date) -> object:
        year, month = on.year, on.month
        texts = [f"{year}年{month}月", f"{year}-{month:02}", f"{year}.{month:02}", f"{year}/{month:02}"]
        texts += [
            f"{year}年{month}月份",
            "明年".replace("明", "今") + f"{month}月",
            f"计划{year}年{month}月开工",
        ]
        return self.dice.choice(texts if self.is_text else [*texts, Month(on), Month(on)])

    def _day(self, on: date) -> object:
        texts = [f"{on.year}年{on.month}月{on.day}日", on.isoformat(), f"{on.year}.{on.month}.{on.day}"]
        texts += [f"{on:%Y/%m/%d}", f"{on:%Y%m%d}", str(serial(on))]
        return self.dice.choice(texts if self.is_text else [*texts, on, on, serial(on)])

    def _interrupted(self, body: list[list], heading: list) -> list[list]:
        """By blank rows, by rows that begin a section, by the heading as each page prints it."""
        if self.dice.random() < 0.4:
            body.insert(60, [])
        if self.dice.random() < 0.4:
            body.insert(0, ["一、产业项目（60个）"])
            body.insert(61, ["（二）其他项目"])
        if self.dice.random() < 0.3 and not self.is_grouped:
            body.insert(40, list(heading))
        return body

    def _with_total(self, body: list[list]) -> list[list]:
        if self.dice.random() < 0.4:
            return body
        total: list = [None] * len(self.columns)
        total[0] = self.dice.choice(["合计", "总 计", "合  计"])
        if self.unit_is_in != "cells":
            amount = sum(one.total for one in sample())
            exact = Decimal(amount).scaleb(-UNITS[self.unit])
            at = self.columns.index("total_investment")
            total[at or 1] = str(exact) if self.is_text else Formula("SUM(C2:C9)", f"{exact:f}")
            if at == 0:
                total[0], total[1] = "合计", None
        return [*body, total] if self.dice.random() < 0.6 else [total, *body]
