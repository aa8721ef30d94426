"""What people say of things that documents call otherwise: a record is found by it as by a name.

It follows from what stands in the names of a record: whoever asks for 轻轨 finds what is called 城轨.
"""

from collections.abc import Iterable, Iterator

from projects.search.rules.spelling import fold

_SAID = {
    "轻轨": ("城轨", "轨道交通"),
    "地铁": ("城轨", "轨道交通"),
    "火车": ("铁路", "高铁"),
    "高铁": ("高速铁路", "快速铁路"),
    "公路": ("快速通道", "快速干道", "隧道", "大桥"),
    "道路": ("公路", "快速通道", "快速干道"),
    "马路": ("公路", "快速通道", "快速干道"),
    "高速路": ("高速公路",),
    "快速路": ("快速通道", "快速干道"),
    "学校": ("学院", "大学", "中学", "小学", "幼儿园", "校区"),
    "大学": ("学院",),
    "看病": ("医院", "卫生院", "诊所"),
    "养老": ("康养", "敬老", "福利院"),
    "旧改": ("旧城改造", "老旧小区", "城中村", "棚户区"),
    "老小区": ("老旧小区",),
    "棚改": ("棚户区",),
    "拆迁": ("城中村", "棚户区", "旧城改造"),
    "养猪": ("生猪",),
    "养羊": ("山羊",),
    "养殖": ("生猪", "山羊", "家禽"),
    "大坝": ("水库", "水利枢纽"),
    "水电站": ("抽水蓄能", "水力发电"),
    "电厂": ("发电", "电站"),
    "天然气": ("页岩气",),
    "铝厂": ("铝业", "再生铝", "电解铝"),
    "汽配": ("汽车半轴", "零部件", "齿轮"),
    "机房": ("数据中心", "灾备"),
    "冷库": ("冷链",),
    "油库": ("成品油",),
    "景区": ("旅游", "文化公园", "度假区"),
    "metro": ("urban rail",),
    "light rail": ("urban rail",),
    "train": ("railway",),
    "road": ("expressway", "highway", "tunnel", "bridge"),
    "highway": ("expressway",),
    "motorway": ("expressway",),
    "school": ("college", "university", "campus"),
    "dam": ("reservoir",),
    "pig farm": ("million-pig",),
}
_FOLDED = {said: (fold(said), [fold(one) for one in written]) for said, written in _SAID.items()}


def synonyms_of(names: Iterable[str]) -> Iterator[str]:
    """The words for a record with these names that do not stand in one of them."""
    folded = [fold(name) for name in names]
    for said, (itself, written) in _FOLDED.items():
        stands = [any(word in name for name in folded) for word in (itself, *written)]
        if any(stands) and not stands[0]:
            yield said
