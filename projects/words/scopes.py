"""The English words for what documents call a part of a project: the catalogue of scopes.

What is not here stays Chinese, and a page marks it as such. The names of measures stand with the indicators.
"""

from projects.words.language import is_english

SCOPES = {
    "一期": "phase one",
    "二期": "phase two",
    "三期": "phase three",
    "主体工程": "main works",
    "主要业务": "main business",
    "产品": "products",
    "产品与厂址": "products and site",
    "产品去向": "where the products go",
    "今日面貌": "what it looks like today",
    "作业方式": "way of working",
    "作用": "role",
    "依托关系": "what it rests on",
    "共建方式": "how it is built together",
    "形成情况": "how it took shape",
    "功能": "functions",
    "功能定位": "intended role",
    "前期手续": "preliminary formalities",
    "品牌": "brand",
    "四向对外运输大通道": "transport corridors in four directions",
    "地位": "standing",
    "实物运量": "first freight",
    "工程进度": "progress of works",
    "市场": "markets",
    "市级文件": "municipal documents",
    "市级特色产业基地": "municipal base of a special industry",
    "市规划纲要": "municipal plan outline",
    "建设方案": "construction scheme",
    "引进情况": "firms attracted",
    "总体思路第一步": "first step of the general plan",
    "意义": "significance",
    "所据规划": "plan it rests on",
    "投用后的定位": "role once in use",
    "改造内容": "what is renewed",
    "改造缘由": "reason for the renewal",
    "文旅新场景": "new scenes of culture and tourism",
    "机构与规划": "bodies and plans",
    "永城片区": "Yongcheng area",
    "消费场景": "places to spend",
    "物流园区和专业市场": "logistics park and specialised markets",
    "环境影响评价": "environmental impact assessment",
    "生产线": "production line",
    "用途": "use",
    "电源产品": "power units",
    "目标": "aim",
    "目标规模": "size aimed at",
    "称号": "title",
    "精品旅游线路": "selected tourist routes",
    "背景": "background",
    "落地办法": "how it is carried out",
    "落户缘由": "why it settled here",
    "规划定位": "role in the plans",
    "通车前": "before the opening",
    "重庆段": "Chongqing section",
    "最终目标": "final aim",
    "下线": "first product off the line",
    "500亿级集群": "cluster of the 50-billion-yuan class",
    "“双百”现代化城市": "modern “double hundred” city",
}


def scope_word(scope: str) -> str:
    """A part of a project in the page's language; the Chinese word where there is no other."""
    return SCOPES.get(scope, scope) if is_english() else scope
