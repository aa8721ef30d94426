"""Which names may mean the same project, and which surely do not."""

import pytest

from projects.records.rules.likeness import are_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("綦江齿轮总成", "綦江齿轮总成"),
        ("綦江 齿轮总成", "綦江齿轮总成项目"),
        ("ＡＢＣ工厂", "abc 工厂"),
        ("重庆智能家居产业园", "重庆智能家居产业园（一期）"),
        ("“双核多点”现代物流枢纽体系", "双核多点现代物流枢纽体系"),
        ("渝黔高速公路复线（扩能）", "渝黔高速公路"),
        ("Model Factory Project", "model factory"),
        ("项目", "项目"),
    ],
)
def test_alike(one, other):
    assert are_alike(one, other) and are_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("綦江齿轮总成", "新盛水库"),
        ("食品产业园", "铝产业园"),  # a common part is no name
        ("项目", "工程"),
        ("", "綦江齿轮总成"),
        ("齿轮", "齿轮总成及传动件生产线"),  # too short to say
        ("Model factory", "Reservoir"),
    ],
)
def test_unlike(one, other):
    assert not are_alike(one, other) and not are_alike(other, one)
