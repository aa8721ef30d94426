"""A document with every claim taken from it, in its own order."""

from decimal import Decimal

import pytest

from projects.core.statements import Number
from tests import cast
from tests.public.portfolio import figures
from tests.public.reading import read, zh

pytestmark = pytest.mark.django_db


def test_the_outline_with_what_was_taken_from_each_section(client, made):
    page = read(client, "/sources/paper/")
    assert page.one("h1").text == "日报某版"
    head = " · ".join([zh("newspaper"), zh("publisher not named"), "2024年10月17日，16 个月前"])
    assert head in page.one("header", "record").text
    assert [one.text for one in page.all("h2")] == ["第1部分 · 第一部分 3 段", "第2部分 · 第二部分 3 段"]


def test_claims_stand_in_the_order_of_the_document(client, made):
    lines = read(client, "/sources/paper/").rows("taken")
    places = [cells[0] for cells in lines]
    assert places == sorted(places[:-1]) + [""]  # the last is in the second section, without a paragraph
    assert places[-3:-1] == ["第1段第1句", "第1段第2句"]


def test_each_line_says_about_what_what_and_as_of_when(client, made):
    disputed = zh("disputed")
    day = "2024年10月17日"
    wanted = [
        ["第1段第1句", f"{made.factory.name} 阶段", "在建", day],
        ["第1段第2句", f"{made.factory.name} 总投资", f"约 40 亿元 ≠ {disputed}", day],
        ["第1段", f"{made.factory.name} {zh('promised date')} · 竣工", "2025年", day],
        ["第1段", f"{made.factory.name} {zh('actual date')} · 开工", "2023年5月", "2023年5月"],
        ["第1段", f"{made.factory.name} {zh('capacity')} · 年供水量", "1.8 亿立方米", day],
        ["第1段", "北渡物流园 阶段", f"谋划 {zh('inferred')} 读作谋划", day],
    ]
    lines = read(client, "/sources/paper/").rows("taken")
    assert [line for line in wanted if line not in lines] == []


def test_in_english(client, made):
    page = read(client, "/en/sources/paper/")
    assert page.one("h1").text == "A page of the daily"
    assert page.all("h2")[0].text == "Part 1 · Part one 3 paragraphs"
    line = [
        "paragraph 1, sentence 2",
        "Model factory total investment",
        "about CNY 4.0 billion ≠ disputed",
        "17 October 2024",
    ]
    assert line in page.rows("taken")


def test_each_line_leads_to_its_claim_and_back(client, made):
    page = read(client, "/sources/paper/")
    there = next(link.href for link in page.links if link.href.endswith("#f-total"))
    assert there == "/projects/factory/#f-total"
    assert "f-total" in page.ids and "f-total" in read(client, there.partition("#")[0]).ids


def test_figures_about_the_district_lead_to_theirs(client, made):
    figures(made)
    page = read(client, "/sources/paper/")
    assert "166 个" in next(cells for cells in page.rows("taken") if cells[0] == "第3段第1句")[2]
    there = {link.href for link in page.links if link.words in ("重点项目", "产业规模")}
    assert there == {f"/statistics/?subject={one}#subject-{one}" for one in ("projects", "output")}
    assert {"subject-projects", "subject-output"} <= read(client, "/statistics/").ids


def test_both_sides_of_a_conflict_are_marked_and_a_corrected_claim_too(client, made):
    figures(made)
    lines = [one for one in read(client, "/sources/paper/").all("tr") if one.given.get("id")]

    def marked(word: str) -> set[str]:
        return {one.given["id"] for one in lines if zh(word) in one.text}

    assert marked("disputed") == {"f-total", "f-a-rival", "s-166", "s-160"}
    assert marked("corrected") == {"s-wrong"}


def test_only_what_was_known_by_then(client, made):
    correction = {"corrects": made.factory.claims.get(ref="f-works"), "source": made.paper}
    cast.published(made.factory, "works", "封顶一半", ref="f-works-2", known_on="2025-06-01", **correction)
    before = read(client, "/sources/paper/", known="2025-05-31")
    assert "f-works" in before.ids and "f-works-2" not in before.ids and zh("corrected") not in before.main
    after = read(client, "/sources/paper/", known="2025-06-01")
    assert {"f-works", "f-works-2"} <= after.ids and zh("corrected") in after.main


def test_a_section_of_which_nothing_was_taken_says_so_and_a_gap_too(client, made):
    cast.section(made.notice, title="附件", gap="缺第二页", gap_en="page two is missing")
    page = read(client, "/sources/notice/")
    assert "附件" in page.section(zh("Sections from which nothing was taken"))
    assert "Gap: page two is missing" in read(client, "/en/sources/notice/").main


def test_what_has_no_place_in_the_outline_stands_apart(client, made):
    assert "f-moved" in read(client, "/sources/notice/").ids


@pytest.mark.parametrize("door", ["", "/en"])
def test_unknown_and_private_are_not_found_alike_byte_for_byte(client, made, door):
    before = client.get(f"{door}/sources/secret/")
    cast.source("secret", title="内部材料", is_public=False)
    after = client.get(f"{door}/sources/secret/")
    assert before.status_code == after.status_code == 404
    assert before.content == after.content and dict(before.headers) == dict(after.headers)


def test_the_number_of_statements_does_not_grow(client, made, django_assert_max_num_queries):
    figures(made)
    read(client, "/data/")
    for number in range(8):
        of = cast.project()
        cast.published(of, source=made.paper, section=made.first, paragraph=2)
        tonnes = Number(Decimal(number), "吨")
        cast.published(of, "capacity", tonnes, measure="water", source=made.paper)
    with django_assert_max_num_queries(6):
        assert len(read(client, "/sources/paper/").rows("taken")) > 30
