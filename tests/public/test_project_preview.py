"""The square picture of a project that goes with a shared link."""

import io

import pytest
from PIL import Image

from projects.pages import preview_picture
from projects.pages.preview_picture import Preview, drawn, fitting
from tests import cast
from tests.public.portfolio import settle
from tests.public.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["with Chinese type", "without"])
def type_at_hand(request, monkeypatch) -> str:
    if request.param == "without":
        monkeypatch.setattr(preview_picture, "chinese_font", lambda: None)
    return request.param


def test_the_page_names_it_and_it_is_a_square_large_enough(client, made, type_at_hand):
    href = read(client, "/en/projects/factory/").one("meta", property="og:image").given["content"]
    answer = client.get(href)
    assert answer["Content-Type"] == "image/png" and answer["ETag"] and len(answer.content) < 40_000
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size == (preview_picture.SIDE, preview_picture.SIDE) >= (300, 300)
    assert client.get(href, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_it_shows_the_day_that_is_asked_for(client, made):
    now, then = (client.get(f"/projects/road/preview.png?asof={day}").content for day in ("", "2022-01-01"))
    assert now != then


def test_without_chinese_type_it_is_drawn_in_english(client, monkeypatch, made):
    told = []
    monkeypatch.setattr(preview_picture, "chinese_font", lambda: None)
    monkeypatch.setattr(preview_picture, "drawn", lambda preview: told.append(preview) or b"")
    unnamed = cast.project("没有英文名", slug="unnamed", name_en="")
    settle()
    for slug in ("road", "unnamed"):
        client.get(f"/projects/{slug}/preview.png")
    assert told == [
        Preview("Qijiang Project Progress", "Qiwan Road", "operating", "open to traffic", told[0].news),
        Preview("Qijiang Project Progress", unnamed.code),
    ]
    assert told[0].news == "Last report: March 2025"


@pytest.mark.parametrize("name", ["綦", "重庆市綦江区" * 30, "W" * 200, "a b " * 50, ""])
def test_any_name_keeps_within_the_picture(type_at_hand, name):
    font, lines = fitting(name)
    room = preview_picture.SIDE - 2 * preview_picture.MARGIN
    assert len(lines) <= preview_picture.MAX_LINES
    assert all(font.getlength(line.rstrip()) <= room * 1.05 for line in lines)
    assert drawn(Preview("x", name))


@pytest.mark.parametrize("stage", preview_picture.STAGES)
def test_every_stage_has_a_sign_of_its_own(stage):
    others = {drawn(Preview("x", "y", one)) for one in preview_picture.STAGES if one != stage}
    assert drawn(Preview("x", "y", stage)) not in others


def test_there_is_none_of_a_private_record(client):
    assert client.get(f"/projects/{cast.project(is_public=False).slug}/preview.png").status_code == 404
