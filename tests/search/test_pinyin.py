"""How names are spelt, and that nobody pays for it who does not ask."""

import subprocess
import sys

import pytest

from projects.search.pinyin import spell


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("藻渡水库", "zao du shui ku"),
        ("重庆", "chong qing"),  # read as the phrase is, not zhong
        ("绿色铝材", "lv se lv cai"),
        ("５G产业园（一期）", "5G chan ye yuan yi qi"),
        ("綦江—万盛", "qi jiang wan sheng"),
        ("a座", "A zuo"),
        ("Zaodu Reservoir", ""),
        ("", ""),
    ],
)
def test_names_are_spelt_syllable_by_syllable(name, spelling):
    assert spell(name) == spelling


def test_the_dictionaries_are_loaded_with_the_first_name_and_not_before():
    program = (
        "import sys; from projects.search.pinyin import spell; spell('Zaodu');"
        "before = 'pypinyin' in sys.modules; spell('渡'); print(before, 'pypinyin' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "True"]
