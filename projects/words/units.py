"""Units in English, and the powers of ten that Chinese prints before them: 万吨, 亿立方米.

Measure words (个, 家, 项) say no more than the number and vanish. A unit that is not here stays as it was
printed. How a number then reads is in `words.figures`.
"""

from projects.core.numbers import narrow

# Printed without a blank, in both languages.
CLOSE = ("%", "‰")

_POWERS = {"万亿": 12, "亿": 8, "万": 4}
_MEASURE_WORDS = "个家项处块座所件条张颗场种宗期幢栋间批次款类"
_SAME_FOR_ALL = {
    "": "",
    "米": "m",
    "千米": "km",
    "公里": "km",
    "海里": "nmi",
    "平方米": "m²",
    "平方公里": "km²",
    "平方千米": "km²",
    "公顷": "ha",
    "亩": "mu",
    "立方米": "m³",
    "方": "m³",
    "升": "L",
    "克": "g",
    "千克": "kg",
    "公斤": "kg",
    "吨": "t",
    "标准煤": "t of standard coal",
    "吨标准煤": "t of standard coal",
    "标准箱": "TEU",
    "标箱": "TEU",
    "瓦": "W",
    "千瓦": "kW",
    "兆瓦": "MW",
    "千瓦时": "kWh",
    "度": "kWh",
    "伏": "V",
    "千伏": "kV",
    "千伏安": "kVA",
    "摄氏度": "°C",
    "头": "head",
    "元": "yuan",
}
# One, and any other number of them.
_COUNTED = {
    "人": ("person", "people"),
    "名": ("person", "people"),
    "位": ("person", "people"),
    "人次": ("visit", "visits"),
    "户": ("household", "households"),
    "台": ("unit", "units"),
    "套": ("set", "sets"),
    "台(套)": ("unit", "units"),
    "台套": ("unit", "units"),
    "辆": ("vehicle", "vehicles"),
    "箱": ("container", "containers"),
    "像素": ("pixel", "pixels"),
    "层": ("storey", "storeys"),
    "席": ("seat", "seats"),
    "床": ("bed", "beds"),
    "张床位": ("bed", "beds"),
    "车道": ("lane", "lanes"),
    "倍": ("time", "times"),
    "年": ("year", "years"),
    "月": ("month", "months"),
    "天": ("day", "days"),
    "日": ("day", "days"),
    "工作日": ("working day", "working days"),
    "小时": ("hour", "hours"),
    "分钟": ("minute", "minutes"),
    "秒": ("second", "seconds"),
    "百分点": ("percentage point", "percentage points"),
}
_ENGLISH = (
    {unit: (english, english) for unit, english in _SAME_FOR_ALL.items()}
    | dict.fromkeys(_MEASURE_WORDS, ("", ""))
    | _COUNTED
)


def power_and_base(unit: str) -> tuple[int, str]:
    """万吨 as 4 and 吨; a bare 万 counts nothing in particular."""
    for prefix, power in _POWERS.items():
        if unit.startswith(prefix):
            return power, unit.removeprefix(prefix)
    return 0, unit


def in_english(base: str, is_one: bool = False) -> str | None:
    """The English unit, "" where it says no more than the number; None where we have no word for it.

    A rate is read part by part: 万元/亩 is not known here as a whole, 元/吨 is yuan/t.
    """
    first, *others = narrow(base).split("/")
    words = [_named(first, is_one), *(_named(other, True) for other in others)]
    return None if None in words or (others and "" in words) else "/".join(words)


def _named(unit: str, is_one: bool) -> str | None:
    counted = unit if unit in _ENGLISH else unit.removeprefix("个")
    return _ENGLISH[counted][0 if is_one else 1] if counted in _ENGLISH else None
