"""The second factor: switched on with an app, asked at each signing in, and asked of whom in production."""

import re
import time
from urllib.parse import unquote

import pytest
from django.test import Client

from projects.models import AuditEntry
from tests.accounts.signing_in import PASSWORD, code_of, has_app, is_signed_in, sign_in, with_app

pytestmark = pytest.mark.django_db

ON, OFF, CODES, ASKED = (
    "/accounts/second-factor/",
    "/accounts/second-factor/off/",
    "/accounts/codes/",
    "/accounts/code/",
)


def now() -> float:
    return time.time()


def switch_on(client, code=None):
    """As on the screen: read the key, type the app's code."""
    key = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', client.get(ON).text)[1].replace(" ", "")
    return key, client.post(ON, {"code": code or code_of(key, now())})


def codes_on(page) -> list[str]:
    return [code.replace(" ", "") for code in re.findall(r"<li><code>([\d ]+)</code></li>", page.text)]


@pytest.fixture
def inside(visitor):
    sign_in(visitor)
    return visitor


@pytest.fixture
def app(people, visitor):
    """The reviewer has one."""
    return with_app(people.reviewer)


def test_switching_it_on_shows_recovery_codes_and_is_in_the_audit(inside, people):
    key, answer = switch_on(inside)
    assert answer.url == CODES
    assert len(codes_on(inside.get(CODES))) == 10
    entry = AuditEntry.objects.get(action="user.second_factor")
    assert (entry.subject, entry.by, entry.after) == ("reporter", people.reporter, {"second_factor": True})
    assert key not in str(AuditEntry.objects.values_list("before", "after"))


def test_a_wrong_code_switches_nothing_on(inside, people):
    key, answer = switch_on(inside, code="000000")
    assert answer.status_code == 200 and "验证码不正确" in answer.text
    assert not has_app(people.reporter) and not AuditEntry.objects.exists()
    # The picture stays that which was scanned.
    assert inside.post(ON, {"code": code_of(key, now())}).url == CODES


def test_the_picture_is_part_of_the_page(inside):
    page = inside.get(ON).text
    assert "<svg" in page and "data:image" not in page and "style=" not in page and "<?xml" not in page
    assert 'role="img"' in page


def test_from_then_on_a_password_alone_opens_nothing(visitor, app):
    answer = sign_in(visitor, "reviewer", address="/accounts/login/?next=/desk/review/")
    assert answer.url == ASKED and not is_signed_in(visitor)
    assert visitor.get("/desk/").status_code == 302
    answer = visitor.post(ASKED, {"code": code_of(app, now())})
    assert answer.url == "/desk/review/" and is_signed_in(visitor)


def test_in_english_too(visitor, app):
    assert sign_in(visitor, "reviewer", address="/en/accounts/login/").url == "/en/accounts/code/"
    assert "Without the phone" in visitor.get("/en/accounts/code/").text


def test_a_code_holds_once(visitor, app):
    code = code_of(app, now())
    for client, signed_in in ((visitor, True), (Client(), False)):
        sign_in(client, "reviewer")
        client.post(ASKED, {"code": code})
        assert is_signed_in(client) == signed_in


def test_a_phone_whose_clock_is_off_by_half_a_minute_will_do(visitor, app):
    sign_in(visitor, "reviewer")
    assert visitor.post(ASKED, {"code": code_of(app, now(), steps=-3)}).status_code == 200
    assert visitor.post(ASKED, {"code": code_of(app, now(), steps=-1)}).status_code == 302


def test_five_wrong_codes_lock_it_from_everywhere(visitor, app, clock):
    sign_in(visitor, "reviewer")
    for _ in range(5):
        assert visitor.post(ASKED, {"code": "000000"}).status_code == 200
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    sign_in(elsewhere, "reviewer")
    assert elsewhere.post(ASKED, {"code": code_of(app, now())}).status_code == 429
    clock.shift(15 * 60 + 1)
    sign_in(elsewhere, "reviewer")
    assert elsewhere.post(ASKED, {"code": code_of(app, now())}).status_code == 302


def test_the_code_is_asked_for_a_quarter_of_an_hour(visitor, app, clock):
    sign_in(visitor, "reviewer")
    clock.shift(16 * 60)
    assert visitor.post(ASKED, {"code": code_of(app, now())}).url == "/accounts/login/"


def test_without_a_password_there_is_nothing_to_type_a_code_into(visitor, app):
    assert visitor.get(ASKED).url == "/accounts/login/"
    assert visitor.post(ASKED, {"code": code_of(app, now())}).url == "/accounts/login/"


def test_a_recovery_code_holds_once(inside):
    switch_on(inside)
    code = codes_on(inside.get(CODES))[3]
    inside.post("/accounts/logout/")
    for signed_in in (True, False):
        client = Client()
        assert sign_in(client).url == ASKED
        client.post(ASKED, {"code": code})
        assert is_signed_in(client) == signed_in


def test_a_code_may_be_typed_in_wide_digits(inside):
    """As the keyboards of Chinese type them: ４２."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    key, _ = switch_on(inside)
    code = codes_on(inside.get(CODES))[0]
    for typed in (code_of(key, now(), 1), f"{code[:4]} {code[4:]}"):
        client = Client()
        sign_in(client)
        client.post(ASKED, {"code": typed.translate(wide)})
        assert is_signed_in(client), typed


def test_new_recovery_codes_end_the_old_ones(inside):
    switch_on(inside)
    old = codes_on(inside.get(CODES))
    assert inside.post("/accounts/codes/new/").url == CODES
    new = codes_on(inside.get(CODES))
    assert len(new) == 10 and not set(new) & set(old)
    text = inside.get("/accounts/codes.txt")
    assert text["Content-Disposition"].startswith("attachment")
    assert all(code in text.text for code in new) and "no-store" in text["Cache-Control"]


def test_codes_are_shown_only_to_whoever_just_proved_to_be_it(inside, clock):
    switch_on(inside)
    clock.shift(10 * 60)
    for page in (CODES, "/accounts/codes/new/", "/accounts/codes.txt", OFF):
        assert unquote(inside.get(page).url) == f"/accounts/confirm/?next={page}"
    assert inside.post(f"/accounts/confirm/?next={CODES}", {"password": "wrong"}).status_code == 200
    assert inside.post(f"/accounts/confirm/?next={CODES}", {"password": PASSWORD}).url == CODES
    assert len(codes_on(inside.get(CODES))) == 10


def test_one_may_confirm_with_a_code_instead(inside, clock):
    key, _ = switch_on(inside)
    clock.shift(10 * 60)
    assert "/accounts/code/confirm/?next=" in inside.get(f"/accounts/confirm/?next={CODES}").text
    answer = inside.post(f"/accounts/code/confirm/?next={CODES}", {"code": code_of(key, now())})
    assert answer.url == CODES and inside.get(CODES).status_code == 200


def test_whoever_need_not_have_it_may_switch_it_off(inside, people):
    switch_on(inside)
    assert inside.post(OFF).url == "/accounts/"
    assert not has_app(people.reporter)
    entries = AuditEntry.objects.filter(action="user.second_factor")
    assert [entry.after["second_factor"] for entry in entries] == [False, True]
    assert inside.get(CODES).status_code == 404


# In production


@pytest.fixture
def production(settings, visitor):
    settings.SECOND_FACTOR_REQUIRED = True
    return visitor


DOORS = ["/desk/", "/desk/review/", "/admin/", "/admin/projects/project/", "/admin/autocomplete/"]


@pytest.mark.parametrize("name", ["reviewer", "editor", "administrator"])
def test_whoever_decides_can_do_nothing_else_until_it_is_set_up(administrator, production, name):
    sign_in(production, name)
    for door in DOORS:
        assert production.get(door).url == ON, door
        assert production.post(door).url == ON, door
        assert production.get(f"/en{door}").url == f"/en{ON}", door
    assert "您的角色决定" in production.get(ON).text
    assert switch_on(production)[1].url == CODES
    landing = "/desk/" if name == "reviewer" else "/admin/"
    assert f'href="{landing}"' in production.get(CODES).text
    assert production.get(landing).status_code == 200


def test_until_then_one_may_look_at_the_own_account_and_leave(production):
    sign_in(production, "editor")
    assert production.get("/accounts/").status_code == 200
    assert production.get("/accounts/password/").status_code == 200
    assert production.get("/about/").status_code == 200
    assert production.post("/accounts/logout/").status_code == 302 and not is_signed_in(production)


@pytest.mark.parametrize("name", ["reporter", "stranger"])
def test_of_others_it_is_not_asked(production, name):
    sign_in(production, name)
    assert production.get("/desk/").status_code == 200


def test_whoever_must_have_it_cannot_switch_it_off(production, people):
    with_app(people.editor)
    production.force_login(people.editor)
    production.post(f"/accounts/confirm/?next={OFF}", {"password": PASSWORD})
    answer = production.post(OFF)
    assert "不能关闭" in answer.text and has_app(people.editor)
    assert OFF not in production.get("/accounts/").text


def test_a_lost_phone_is_replaced_by_another_with_a_recovery_code(production, people):
    """By whoever may not switch it off, too: the lost phone and the old codes open nothing any more."""
    sign_in(production, "editor")
    lost, _ = switch_on(production)
    old = codes_on(production.get(CODES))
    client = Client()
    sign_in(client, "editor")
    client.post(ASKED, {"code": old[0]})
    assert f'href="{ON}"' in client.get("/accounts/").text
    key, answer = switch_on(client)
    assert answer.url == CODES and key != lost
    new = codes_on(client.get(CODES))
    assert len(new) == 10 and not set(new) & set(old)
    assert not is_signed_in(production), "every other session has ended"
    for code, is_taken in ((code_of(lost, now()), False), (old[1], False), (new[0], True)):
        client = Client()
        sign_in(client, "editor")
        client.post(ASKED, {"code": code})
        assert is_signed_in(client) == is_taken
    entries = AuditEntry.objects.filter(action="user.second_factor")
    assert [entry.after["second_factor"] for entry in entries] == [True, False, True]


def test_a_password_alone_sets_no_other_phone_up(production, people, clock):
    sign_in(production, "editor")
    switch_on(production)
    clock.shift(20 * 60)
    production.post(f"/accounts/confirm/?next={ON}", {"password": PASSWORD})
    for answer in (production.get(ON), production.post(ON, {"code": "000000"})):
        assert unquote(answer.url) == f"/accounts/code/confirm/?next={ON}&only=code"


def test_a_new_role_is_asked_for_it_at_the_next_request(production, people):
    sign_in(production, "reporter")
    assert production.get("/desk/").status_code == 200
    people.reporter.groups.set(people.editor.groups.all())
    assert production.get("/desk/").url == ON


def test_outside_production_it_is_offered(inside, settings):
    assert settings.SECOND_FACTOR_REQUIRED is False
    assert f'href="{ON}"' in inside.get("/accounts/").text


def test_switching_it_on_ends_every_other_session(inside, people):
    """Whoever came in elsewhere with the password alone would be past the second factor without a code."""
    elsewhere, other = Client(), Client()
    sign_in(elsewhere)
    other.force_login(people.editor)
    assert is_signed_in(elsewhere) and is_signed_in(other)
    switch_on(inside)
    assert is_signed_in(inside) and is_signed_in(other)
    assert not is_signed_in(elsewhere)
