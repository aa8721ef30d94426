"""What people say of things, beside the names that documents give them."""

import pytest

from projects.search.rules.synonyms import synonyms_of


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("中心城区至綦万城轨快线", {"轻轨", "地铁"}),
        ("重庆移通学院綦江校区", {"学校", "大学"}),
        ("老旧小区和城中村改造", {"旧改", "老小区", "拆迁"}),
        ("正大（綦江）100万头生猪产业链", {"养猪", "养殖"}),
        ("Urban Rail Express Line", {"metro", "light rail"}),
        ("Chongqing–Guizhou Expressway", {"road", "highway", "motorway"}),
        ("渝黔高速公路", {"道路", "马路", "高速路"}),
        ("Sichuan–Guizhou Railway", {"train"}),
        ("綦江小学校", set()),  # the word stands there itself
        ("藻渡", set()),
        ("", set()),
    ],
)
def test_what_people_say(name, said):
    assert set(synonyms_of([name])) == said
