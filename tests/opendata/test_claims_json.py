"""The columns of the csv, and the sentence behind each claim where it may be quoted; of all or of one."""

import json

import pytest

from projects.models import Source, SourceSection
from projects.records import documents
from tests import cast

pytestmark = pytest.mark.django_db

SENTENCE = "总投资约40亿元，漏不得。"


@pytest.fixture
def kept(made) -> Source:
    source = documents.keep(made.paper, f"工厂正在建设。{SENTENCE}".encode(), by=None, at=cast.AT)
    SourceSection.objects.filter(source=source, number="1").update(lines="1", paragraphs=1)
    Source.objects.filter(pk=source.pk).update(may_be_quoted=True)
    return source


def claims(client, **query) -> list[dict]:
    answer = client.get("/data/claims.json", query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    told = json.loads(answer.content)
    assert told["count"] == len(told["claims"])
    return told["claims"]


def test_the_file_has_the_columns_of_the_csv_and_the_sentence(client, kept):
    found = {claim["ref"]: claim for claim in claims(client)}
    assert found["f-total"]["quote"] == SENTENCE
    assert found["f-total"]["place"] == "1 ¶1 s2", "the short code stays in exports"
    head = client.get("/data/claims.csv").content.decode("utf-8-sig").splitlines()[0].split(",")
    assert list(found["f-total"]) == [*head, "quote"]


def test_of_one_project(client, kept):
    assert {claim["project"] for claim in claims(client, project="QJ-0001")} == {"QJ-0001"}
    assert len(claims(client)) > len(claims(client, project="QJ-0001")) > 0


@pytest.mark.parametrize("code", ["QJ-9999", "x"])
def test_of_none_there_is_none(client, kept, code):
    assert client.get("/data/claims.json", {"project": code}).status_code == 404


def test_a_private_one_is_not_there(client, kept, made):
    made.road.is_public = False
    made.road.save()
    assert client.get("/data/claims.json", {"project": made.road.code}).status_code == 404
