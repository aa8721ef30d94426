"""Stages and steps are called by what a record is: a factory produces, a road is open to traffic."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from projects.choices import Kind, Milestone, RecordType, Stage
from projects.words.stage_words import alike, milestone_done, milestone_word, partly_in_use, stage_word


def record(kind: str, record_type: str = "project", name: str = "示范") -> SimpleNamespace:
    return SimpleNamespace(kind=kind, record_type=record_type, name=name)


RECORDS = {
    "factory": record("industrial"),
    "power": record("energy"),
    "road": record("transport"),
    "hospital": record("health", "facility"),
    "reservoir": record("water"),
    "park": record("logistics", "park"),
    "base": record("logistics", "base"),
    "cluster": record("industrial", "programme", "示范产业集群"),
    "plan": record("urban", "programme", "示范规划"),
    "alliance": record("digital", "programme", "示范创新联盟"),
    "app": record("digital", "platform", "示范App"),
    "incubator": record("digital", "platform", "示范数据谷"),
    "renewal": record("urban", "project", "示范老旧小区改造"),
    "firm": record("industrial", "existing_plant"),
    "railway": record("transport", "existing_infrastructure"),
    "title": record("urban", "bid"),
    "none": None,
}


def rows(table: str) -> list[tuple[str, ...]]:
    lines = [line.split("|") for line in table.strip().splitlines()]
    return [tuple(cell.strip() for cell in line) for line in lines]


def both(say, *args) -> tuple[str, str]:
    with translation.override("zh-hans"):
        chinese = say(*args)
    with translation.override("en"):
        return chinese, say(*args)


STAGES = """
    factory   | operating |        | 投产      | in production
    factory   | completed |        | 竣工      | completed
    power     | operating |        | 投产      | in production
    road      | operating |        | 通车      | open to traffic
    road      | completed |        | 竣工      | completed
    road      | completed | nearly | 基本建成  | largely completed
    hospital  | operating |        | 投用      | in use
    reservoir | operating |        | 投用      | in use
    park      | operating |        | 建成      | built
    park      | completed |        | 建成      | built
    park      | building  |        | 在建      | under construction
    base      | completed |        | 建成      | built
    base      | operating |        | 投用      | in use
    cluster   | planned   |        | 谋划      | planned
    cluster   | building  |        | 推进中    | under way
    cluster   | completed | nearly | 基本建成  | largely completed
    plan      | preparing |        | 前期      | pre-construction
    alliance  | operating |        | 成立      | founded
    app       | operating |        | 上线      | online
    app       | building  |        | 在建      | under construction
    incubator | operating |        | 投用      | in use
    renewal   | preparing |        | 前期      | pre-construction
    renewal   | building  |        | 推进中    | under way
    renewal   | operating |        | 完工      | done
    firm      | operating |        | 在产      | producing
    railway   | operating |        | 通车      | open to traffic
    title     | planned   |        | 拟申报    | application planned
    title     | preparing |        | 申报中    | being applied for
    title     | building  |        | 申报中    | being applied for
    title     | completed | nearly | 申报中    | being applied for
    title     | completed |        | 已获批    | granted
    title     | operating |        | 已获批    | granted
    none      | signed    |        | 签约      | agreement signed
    none      | completed | nearly | 基本建成  | largely completed
    none      | operating |        | 投产/投用 | in operation
"""
STEPS = """
    factory  | operating     | 投产      | 投产 | start of production   | production started
    factory  | full_capacity | 达产      | 达产 | full capacity         | full capacity reached
    factory  | approved      | 备案/核准 | 获批 | approval              | approval given
    road     | operating     | 通车      | 通车 | opening to traffic    | opened to traffic
    road     | completed     | 竣工      | 竣工 | completion            | works completed
    hospital | operating     | 投用      | 投用 | opening               | put into use
    park     | completed     | 建成      | 建成 | full completion       | built
    park     | operating     | 投用      | 投用 | opening               | put into use
    base     | completed     | 建成      | 建成 | full completion       | built
    plan     | completed     | 建成      | 建成 | full completion       | built
    plan     | approved      | 批准      | 批准 | adoption              | adopted
    alliance | operating     | 成立      | 成立 | founding              | founded
    app      | operating     | 上线      | 上线 | launch                | launched
    renewal  | operating     | 完工      | 完工 | end of works          | done
    title    | completed     | 获批      | 获批 | grant of the title    | title granted
    title    | started       | 开工      | 开工 | start of construction | construction started
    none     | operating     | 投产/投用 | 投用 | start of operation    | put into use
"""


@pytest.mark.parametrize(("called", "stage", "qualifier", "zh", "en"), rows(STAGES))
def test_the_word_for_a_stage(called, stage, qualifier, zh, en):
    assert both(stage_word, stage, qualifier, RECORDS[called]) == (zh, en)


@pytest.mark.parametrize(("called", "step", "zh", "zh_done", "en", "en_done"), rows(STEPS))
def test_the_word_for_a_step(called, step, zh, zh_done, en, en_done):
    assert both(milestone_word, step, RECORDS[called]) == (zh, en)
    assert both(milestone_done, step, RECORDS[called]) == (zh_done, en_done)


@pytest.mark.parametrize(
    ("called", "zh", "en"),
    [
        ("factory", "部分投产", "partly in production"),
        ("road", "部分通车", "partly open to traffic"),
        ("hospital", "部分投用", "partly in use"),
        ("none", "部分投用", "partly in use"),
    ],
)
def test_a_part_of_it_is_in_use(called, zh, en):
    assert both(partly_in_use, RECORDS[called]) == (zh, en)


@pytest.mark.parametrize(
    ("kinds", "types", "zh"),
    [
        (["industrial"], [], "投产"),
        (["transport"], ["project"], "通车"),
        (["health"], [], "投用"),
        (["industrial"], ["park"], "建成"),
        (["industrial"], ["park", "project"], "投产/投用"),
        (["industrial", "transport"], [], "投产/投用"),
        ([], [], "投产/投用"),
        ([], ["bid"], "已获批"),
        (["industrial"], ["bid", "project"], "投产/投用"),
    ],
)
def test_where_kinds_mix_the_word_is_neutral(kinds, types, zh):
    assert both(stage_word, "operating", "", alike(kinds, types))[0] == zh


def test_every_kind_of_record_has_its_words():
    records = [record(kind, one) for kind in Kind for one in RecordType]
    assert all(stage_word(stage, "", one) for stage in Stage for one in records)
    assert all(
        milestone_word(step, one) and milestone_done(step, one) for step in Milestone for one in records
    )
