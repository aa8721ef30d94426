"""Stages and steps are called by the kind of record: a factory produces, a road is open to traffic."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from projects.choices import Kind, Milestone, RecordType, Stage
from projects.words.stage_words import milestone_word, stage_word

FACTORY = SimpleNamespace(kind="industrial", record_type="project")
ROAD = SimpleNamespace(kind="transport", record_type="project")
HOSPITAL = SimpleNamespace(kind="health", record_type="facility")
RESERVOIR = SimpleNamespace(kind="water", record_type="project")
PARK = SimpleNamespace(kind="logistics", record_type="park")
TITLE = SimpleNamespace(kind="urban", record_type="bid")


@pytest.mark.parametrize(
    ("record", "stage", "qualifier", "zh", "en"),
    [
        (FACTORY, "operating", "", "投产", "in production"),
        (ROAD, "operating", "", "通车", "open to traffic"),
        (HOSPITAL, "operating", "", "投用", "in use"),
        (RESERVOIR, "operating", "", "投用", "in use"),
        (PARK, "operating", "", "建成", "built"),
        (PARK, "completed", "", "建成", "built"),
        (PARK, "building", "", "在建", "under construction"),
        (ROAD, "completed", "", "竣工", "completed"),
        (ROAD, "completed", "nearly", "基本建成", "nearly completed"),
        (None, "completed", "nearly", "基本建成", "nearly completed"),
        (None, "operating", "", "投产/投用", "in operation"),
        (TITLE, "planned", "", "申报中", "applied for"),
        (TITLE, "building", "", "申报中", "applied for"),
        (TITLE, "completed", "nearly", "申报中", "applied for"),
        (TITLE, "completed", "", "已获批", "granted"),
        (TITLE, "operating", "", "已获批", "granted"),
    ],
)
def test_the_word_for_a_stage(record, stage, qualifier, zh, en):
    with translation.override("en"):
        assert stage_word(stage, qualifier, record) == en
    with translation.override("zh-hans"):
        assert stage_word(stage, qualifier, record) == zh


@pytest.mark.parametrize(
    ("record", "milestone", "zh"),
    [
        (FACTORY, "operating", "投产"),
        (ROAD, "operating", "通车"),
        (HOSPITAL, "operating", "投用"),
        (FACTORY, "full_capacity", "达产"),
        (TITLE, "completed", "获批"),
        (TITLE, "started", "开工"),
        (None, "operating", "投产/投用"),
    ],
)
def test_the_word_for_a_step(record, milestone, zh):
    with translation.override("zh-hans"):
        assert milestone_word(milestone, record) == zh


def test_every_kind_of_record_has_its_words():
    records = [SimpleNamespace(kind=kind, record_type=one) for kind in Kind for one in RecordType]
    assert all(stage_word(stage, "", record) for stage in Stage for record in records)
    assert all(milestone_word(step, record) for step in Milestone for record in records)
