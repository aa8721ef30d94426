"""An editor's noon in a browser: a unit's sheet, put right, sent, approved by a second person, public."""

import pytest

from tests.browser.desks import EDITOR, REVIEWER, WIDE, Seats, take_in

pytestmark = pytest.mark.browser


def test_a_unit_s_sheet_is_public_by_noon(seats: Seats):
    editor, reviewer = seats.page(EDITOR, WIDE), seats.page(REVIEWER, WIDE)
    number = take_in(editor)
    editor.fill("[name=as_of]", "2026-02-28")
    editor.click("button:text-is('保存并继续')")
    editor.wait_for_url("**/faults/")
    group = editor.locator("fieldset", has_text="在建中啊")
    assert "×2" in group.inner_text(), "the same word is asked about once"
    group.locator("select").select_option("building")
    editor.locator("fieldset", has_text="尽快").get_by_label("或改写为").fill("2027年6月")
    editor.click("button:text-is('保存并重新检查')")
    editor.wait_for_load_state()
    assert "全部可以读取" in editor.locator("main").inner_text()
    editor.goto(f"/desk/imports/{number}/")
    editor.click("button:text-is('提交给第二人审批')")
    editor.wait_for_load_state()
    assert editor.locator("button:text-is('全部批准')").count() == 0, "not by who sent it"
    reviewer.goto("/desk/")
    reviewer.click("a:text-is('查看并审批')")
    reviewer.locator("main a", has_text="二月.xlsx").first.click()
    reviewer.click("button:text-is('全部批准')")
    reviewer.wait_for_load_state()
    assert "已批准" in reviewer.locator("main").inner_text()
    rows = reviewer.request.get("/data/projects.json").json()["projects"]
    (row,) = [one for one in rows if one["name"] == "示例污水管网"]
    assert (row["stage"], row["total_investment"]) == ("building", 34_005_000)
