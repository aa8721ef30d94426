"""A project in the admin: saved by its action, asked about names, edited by two, read with its claims."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.audit.data_version import current_version
from projects.choices import Topic
from projects.claims import projection
from projects.core.money import Money
from projects.editing.site import site
from projects.models import AuditEntry, Claim, OldSlug, PlaceSource, Project, Standing
from projects.search import index
from tests.cast import (
    alias,
    department,
    neighbour,
    organisation,
    party,
    pending,
    place,
    project,
    published,
    section,
    source,
)
from tests.editing.admin_pages import address, errors, form_on, messages

pytestmark = pytest.mark.django_db

NEW = {
    "name": "綦江齿轮总成",
    "name_en": "Qijiang Gear Assembly",
    "kind": "industrial",
    "record_type": "project",
    "is_public": "on",
}


def opened(client, of):
    return form_on(client.get(address("project", "change", of.pk)), "project")


def send(client, of, typed, english=False):
    return client.post(address("project", "change", of.pk, english=english), typed)


def add(client, english=False, **typed):
    blank = form_on(client.get(address("project", "add")), "project")
    return client.post(address("project", "add", english=english), blank | NEW | typed)


# Saving


def test_a_new_project_gets_code_address_index_and_audit(as_editor, people):
    gone = project(code="QJ-0041")
    assert as_editor.post(address("project", "delete", gone.pk), {"post": "yes"}).status_code == 302
    assert add(as_editor).status_code == 302
    made = Project.objects.get()
    assert (made.code, made.slug) == ("QJ-0042", "qijiang-gear-assembly")
    assert "綦江齿轮总成" in made.search_text.text
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.subject, entry.by) == ("project.save", "QJ-0042", people.editor)
    assert entry.before is None and entry.after["name"] == "綦江齿轮总成"
    assert current_version() == 2


def test_an_address_is_never_given_twice(as_editor):
    of = project(slug="qijiang-gear-assembly")
    add(as_editor)
    assert Project.objects.latest("pk").slug == "qijiang-gear-assembly-2"
    OldSlug.objects.create(slug="plant", project=of)
    response = add(as_editor, english=True, name="别的", name_en="Other", slug="plant")
    assert errors(response) == {
        "slug": ["Another project once had this address, and it leads there for ever."]
    }


def test_a_change_is_recorded_with_before_and_after(as_editor):
    of = project("老名字")
    assert send(as_editor, of, opened(as_editor, of) | {"name": "新名字"}).status_code == 302
    entry = AuditEntry.objects.get()
    assert (entry.before, entry.after) == ({"name": "老名字"}, {"name": "新名字"})
    of.refresh_from_db()
    assert of.code == "QJ-0001" and "新名字" in of.search_text.text
    page = as_editor.get(address("project", "history", of.pk)).content.decode()
    assert "老名字" in page and "新名字" in page


def test_the_code_cannot_be_changed(as_editor):
    of = project()
    send(as_editor, of, opened(as_editor, of) | {"code": "QJ-0999"})
    of.refresh_from_db()
    assert of.code == "QJ-0001"


def test_an_old_address_leads_on_for_ever_and_comes_back(as_editor):
    of = project(slug="first")
    send(as_editor, of, opened(as_editor, of) | {"slug": "second"})
    assert OldSlug.objects.get().slug == "first"
    send(as_editor, of, opened(as_editor, of) | {"slug": "first"})
    of.refresh_from_db()
    assert of.slug == "first" and OldSlug.objects.get().slug == "second"


def test_making_it_public_rebuilds_where_it_stands(as_editor):
    of = project(is_public=False)
    published(of)
    assert not Standing.objects.exists()
    send(as_editor, of, opened(as_editor, of) | {"is_public": "on"})
    assert Standing.objects.today().get().stage == "building"


def test_a_neighbour_and_the_source_of_the_place_are_saved_with_it_in_one_entry(as_editor):
    of, other, part = project(), project(), section(source(), "2")
    here = place()
    typed = opened(as_editor, of) | {
        "place": here.pk,
        "place_source-TOTAL_FORMS": "1",
        "place_source-0-place": here.pk,
        "place_source-0-section": part.pk,
        "neighbours-TOTAL_FORMS": "1",
        "neighbours-0-neighbour": other.pk,
        "neighbours-0-nearness": "adjacent",
        "neighbours-0-note": "只隔一条路",
    }
    assert send(as_editor, of, typed).status_code == 302
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject) == ("project.save", of.code)
    assert entry.after["neighbours"][0]["neighbour"] == other.code
    assert entry.after["place_source"][0]["section"] == "/".join(part.natural_key())
    typed = opened(as_editor, of) | {"neighbours-0-DELETE": "on", "place_source-0-DELETE": "on"}
    assert send(as_editor, of, typed).status_code == 302
    assert not of.neighbours.exists() and not PlaceSource.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"note": ""}, "Say which source names them neighbours, or how it is known."),
        ({"neighbour": "itself"}, "A project is no neighbour of itself."),
        ({"neighbour": "known"}, "These two are neighbours on record already."),
    ],
)
def test_a_neighbour_that_cannot_be_is_refused_in_a_sentence(as_editor, wrong, said):
    of, other, known = project(), project(), project()
    neighbour(known, of)
    named = {"itself": of.pk, "known": known.pk}
    row = {"neighbour": other.pk, "nearness": "same_site", "note": "同一大门"} | wrong
    row["neighbour"] = named.get(row["neighbour"], row["neighbour"])
    typed = opened(as_editor, of) | {"neighbours-TOTAL_FORMS": "1"}
    typed |= {f"neighbours-0-{name}": value for name, value in row.items()}
    answer = send(as_editor, of, typed, english=True)
    assert answer.status_code == 200 and said in answer.text


def test_a_neighbour_that_stands_in_two_rows_is_refused(as_editor):
    of, other = project(), project()
    typed = opened(as_editor, of) | {"neighbours-TOTAL_FORMS": "2"}
    row = {"neighbour": other.pk, "nearness": "same_site", "note": "同一大门"}
    typed |= {f"neighbours-{at}-{name}": value for at in (0, 1) for name, value in row.items()}
    answer = send(as_editor, of, typed, english=True)
    assert "The same neighbour stands in two rows." in answer.text and not of.neighbours.exists()


def test_aliases_and_parties_are_saved_with_it_in_one_entry(as_editor):
    of, firm, part = project(), organisation(), section(source(), "2")
    typed = opened(as_editor, of) | {
        "aliases-TOTAL_FORMS": "1",
        "aliases-0-name": "样板厂",
        "aliases-0-kind": "misprint",
        "aliases-0-section": part.pk,
        "aliases-0-source": part.source_id,
        "parties-TOTAL_FORMS": "1",
        "parties-0-organisation": firm.pk,
        "parties-0-role": "owner",
    }
    assert send(as_editor, of, typed).status_code == 302
    of.refresh_from_db()
    assert "样板厂" in of.search_text.text and firm.name in of.search_text.text
    entry = AuditEntry.objects.get()
    assert entry.after["aliases"][0]["name"] == "样板厂"
    assert entry.after["parties"] == [
        {
            "source": None,
            "section": None,
            "paragraph": None,
            "sentence": None,
            "known_on": None,
            "project": "QJ-0001",
            "organisation": "builder",
            "role": "owner",
        }
    ]
    typed = opened(as_editor, of) | {"aliases-0-DELETE": "on"}
    assert send(as_editor, of, typed).status_code == 302
    of.refresh_from_db()
    assert not of.aliases.exists() and "样板厂" not in of.search_text.text


def test_an_aliass_place_must_be_in_its_source(as_editor):
    of, part = project(), section(source("another"), "2")
    typed = opened(as_editor, of) | {
        "aliases-TOTAL_FORMS": "1",
        "aliases-0-name": "样板厂",
        "aliases-0-kind": "misprint",
        "aliases-0-section": part.pk,
        "aliases-0-source": source().pk,
    }
    response = send(as_editor, of, typed, english=True)
    assert "This section is in the outline of another source." in response.content.decode()


def test_an_alias_that_is_another_projects_name_is_refused(as_editor):
    project("示范 工厂")
    of = project("别的")
    typed = opened(as_editor, of) | {
        "aliases-TOTAL_FORMS": "1",
        "aliases-0-name": "示范工厂",
        "aliases-0-kind": "other_name",
    }
    response = send(as_editor, of, typed, english=True)
    assert "This is the name of QJ-0001 示范 工厂." in response.content.decode()


def test_a_project_is_not_part_of_its_own_part(as_editor):
    whole = project()
    part = project(parent=whole)
    response = send(as_editor, whole, opened(as_editor, whole) | {"parent": part.pk}, english=True)
    assert errors(response) == {"parent": ["This would go round in a circle."]}


def test_a_summary_holds_no_figure(as_editor):
    response = add(as_editor, english=True, summary="投资40亿元的工厂")
    assert list(errors(response)) == ["summary"]
    assert "“40亿元” is a figure or a date" in errors(response)["summary"][0]


def test_removing_one_that_claims_name_is_refused_and_one_without_is_recorded(as_editor, people):
    of = project()
    published(of)
    assert as_editor.post(address("project", "delete", of.pk), {"post": "yes"}).status_code == 200
    assert Project.objects.exists()
    other = project()
    alias(other)
    assert as_editor.post(address("project", "delete", other.pk), {"post": "yes"}).status_code == 302
    assert [entry.action for entry in AuditEntry.objects.all()] == ["project.remove"]
    assert AuditEntry.objects.get().before["aliases"][0]["name"] == "样板厂"


# Names


def test_a_name_like_another_is_asked_about_once(as_editor):
    of = project("綦江 齿轮总成 项目", name_en="Something else")
    index.index_all()
    response = add(as_editor, english=True)
    assert list(errors(response)) == ["is_distinct"]
    page = response.content.decode()
    assert "Names like this are on record." in page and address("project", "change", of.pk) in page
    assert 'type="checkbox" name="is_distinct"' in page
    assert Project.objects.count() == 1
    again = form_on(response, "project")
    assert again["name"] == NEW["name"], "nothing typed is lost"
    assert as_editor.post(address("project", "add"), again | {"is_distinct": "on"}).status_code == 302
    assert Project.objects.count() == 2


def test_aliases_count_and_unlike_names_are_not_asked_about(as_editor):
    of = project("某厂")
    alias(of, "齿轮总成")
    index.index_all()
    assert list(errors(add(as_editor))) == ["is_distinct"]
    assert add(as_editor, name="新盛水库", name_en="Xinsheng Reservoir").status_code == 302


def test_a_name_that_is_not_touched_is_not_asked_about_again(as_editor):
    project("綦江齿轮总成")
    of = project("齿轮总成")
    assert send(as_editor, of, opened(as_editor, of) | {"kind": "digital"}).status_code == 302


def test_similar_names_while_typing(as_editor, people):
    of = project("綦江齿轮总成")
    index.index_all()
    found = as_editor.get(reverse("admin:projects_project_similar"), {"name": "齿轮总成"}).json()
    assert found == {
        "similar": [
            {
                "code": "QJ-0001",
                "name": "綦江齿轮总成",
                "by": "綦江齿轮总成",
                "url": address("project", "change", of.pk),
            }
        ]
    }
    asked = {"name": "齿轮总成", "besides": of.pk}
    assert as_editor.get(reverse("admin:projects_project_similar"), asked).json() == {"similar": []}
    for odd in ({}, {"name": "齿", "besides": "x"}, {"name": "齿" * 5000, "besides": "9" * 40}):
        assert as_editor.get(reverse("admin:projects_project_similar"), odd).status_code == 200
    assert as_editor.post(reverse("admin:projects_project_similar")).status_code == 405


# Two people, one record


@pytest.mark.parametrize(
    ("english", "said", "theirs"),
    [(True, "saved this record after you opened it", "On record now: “甲的名字”."), (False, "", "甲的名字")],
)
def test_the_second_to_save_is_told_and_loses_nothing(client, people, english, said, theirs):
    of = project("原名")
    client.force_login(people.editor)
    mine = opened(client, of) | {"name": "乙的名字", "kind": "digital"}
    client.force_login(people.second_editor)
    send(client, of, opened(client, of) | {"name": "甲的名字"})
    client.force_login(people.editor)
    response = send(client, of, mine, english=english)
    of.refresh_from_db()
    assert (of.name, of.kind) == ("甲的名字", "industrial"), "nothing is saved"
    found = errors(response)
    assert said in found["__all__"][0] and "second_editor" in found["__all__"][0]
    assert theirs in found["name"][0]
    typed = form_on(response, "project")
    assert (typed["name"], typed["kind"]) == ("乙的名字", "digital"), "nothing typed is lost"
    assert send(client, of, typed).status_code == 302, "who has read it may save"
    of.refresh_from_db()
    assert of.name == "乙的名字"


def test_a_forged_or_missing_version_is_refused(as_editor):
    of = project()
    send(as_editor, of, opened(as_editor, of) | {"kind": "digital"})
    for seen in ("", "0", "999999", "x"):
        typed = opened(as_editor, of) | {"kind": "water", "seen": seen}
        assert send(as_editor, of, typed).status_code == 200
    of.refresh_from_db()
    assert of.kind == "digital"


# Its claims


def test_its_claims_read_as_a_history(as_editor, people):
    of = project()
    first = published(of, Topic.TOTAL_INVESTMENT, Money(40 * 10**8, "yi", 0))
    right = published(of, Topic.TOTAL_INVESTMENT, Money(50 * 10**8, "yi", 0), corrects=first)
    waits = pending(of, people.editor)
    response = as_editor.get(address("project", "change", of.pk, english=True))
    read = response.context["ledger"]
    assert [chapter.series.topic for chapter in read.chapters] == ["stage", "total_investment"]
    assert [(entry.row, entry.state) for entry in read.chapters[1].entries] == [
        (first, "corrected"),
        (right, "published"),
    ]
    assert (read.count, read.pending_count) == (3, 1)
    page = response.content.decode()
    assert "<s>CNY 4.0 billion</s>" in page and f'href="#{right.ref}"' in page
    assert f"?corrects={right.ref}" in page and f"?corrects={first.ref}" not in page
    assert f"?corrects={waits.ref}" not in page


def test_approval_is_offered_to_a_second_person_alone(client, people):
    of = project()
    waits = pending(of, people.editor)
    offered = address("claim", "approve", waits.pk)
    for who, is_offered in ((people.editor, False), (people.second_editor, True), (people.reviewer, True)):
        client.force_login(who)
        page = client.get(address("project", "change", of.pk)).content.decode()
        assert (offered in page) == is_offered, who


def test_a_reviewer_reads_the_page_and_enters_nothing(as_reviewer):
    of = project()
    row = published(of)
    page = as_reviewer.get(address("project", "change", of.pk)).content.decode()
    assert row.ref in page and "?corrects=" not in page and 'name="_save"' not in page


def test_the_page_takes_as_many_queries_for_many_claims(as_editor, people, django_assert_max_num_queries):
    of = project(place=place())
    party(of)
    alias(of)
    for number in range(30):
        published(of, Topic.WORKS, f"工程{number}", scope=f"{number % 7}")
        pending(of, people.second_editor)
    with django_assert_max_num_queries(32):
        as_editor.get(address("project", "change", of.pk))
    assert Claim.objects.count() == 60


def test_the_list_searches_folded_names_and_pinyin_and_filters(as_editor, people):
    one = project("綦江齿轮总成")
    alias(one, "QJ齿轮")
    typed = opened(as_editor, one)
    send(as_editor, one, typed)
    project("新盛水库")
    for words in ("ＱＪ齿轮", "chilun"):
        found = as_editor.get(address("project", "changelist"), {"q": words}).context["cl"].result_list
        assert list(found) == [one]
    pending(one, people.editor)
    found = as_editor.get(address("project", "changelist"), {"waits": "yes"}).context["cl"].result_list
    assert list(found) == [one]


def test_messages_are_in_words(as_editor):
    assert any("綦江齿轮总成" in message for message in messages(add(as_editor)))


def test_its_claims_come_in_pages_and_none_is_lost(as_editor, people, django_assert_max_num_queries):
    of = project()
    known = {published(of, Topic.WORKS, f"工程{n}", scope=f"{n % 7}").ref for n in range(120)}
    seen, query, pages = [], "", 0
    while True:
        with django_assert_max_num_queries(34):
            read = as_editor.get(address("project", "change", of.pk) + query).context["ledger"]
        seen += [entry.row.ref for chapter in read.chapters for entry in chapter.entries]
        pages += 1
        assert (read.count, read.is_later) == (120, pages > 1)
        if read.after is None:
            break
        query = f"?after={read.after}"
    assert pages == 3 and len(seen) == 120 and set(seen) == known
    assert [ref[-4:] for ref in seen[:2]] == ["0000", "0007"], "by what was said of"


@pytest.mark.parametrize("odd", ["x", "999999", "-1", "9" * 40])
def test_a_page_of_claims_that_is_none_is_the_first(as_editor, odd):
    of = project()
    published(of)
    read = as_editor.get(address("project", "change", of.pk) + f"?after={odd}").context["ledger"]
    assert (len(read.chapters), read.is_later) == (1, False)


# The list


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("unit=none", "未指"),
        ("unit=empty", "未指 新"),
        ("unit={unit}", "有"),
        ("stage=building", "有 未指"),
        ("stage=empty", "新"),
        ("age=over2", "有 未指"),
        ("age=under1", ""),
        ("doubt=no_unit", "未指"),
        ("doubt=no_place", "未指"),
        ("q=weizhi", "未指"),
    ],
)
def test_the_list_is_narrowed_by_what_holds_today(as_editor, asked, wanted):
    unit = department()
    one, other, new = project("有", department=unit, place=place()), project("未指"), project("新")
    for row in (one, other):
        published(row, as_of="2019", source=source(published="2020-10-17"))
        projection.rebuild(row)
    index.index_all()
    page = as_editor.get(address("project", "changelist") + "?" + asked.format(unit=unit.pk))
    assert [row.name for row in page.context["cl"].result_list] == wanted.split()
    assert new


def test_the_list_takes_as_many_statements_for_many(as_editor, people):
    taken = []
    for count in (2, 10):
        for _ in range(count):
            row = project(department=department(), place=place())
            published(row)
            projection.rebuild(row)
            pending(row, people.editor)
        with CaptureQueriesContext(connection) as asked:
            as_editor.get(address("project", "changelist") + "?o=-9")
        taken.append(len(asked))
    assert taken[0] == taken[1]


@pytest.mark.every_engine
def test_a_page_of_the_list_is_read_by_its_keys_and_counted_without_what_it_shows(as_editor, monkeypatch):
    """Else each page would sort, and count, all records with all that is shown of fifty."""
    monkeypatch.setattr(site.get_model_admin(Project), "list_per_page", 2)
    rows, there = [project(f"第{number}") for number in range(5)], address("project", "changelist")
    found = []
    for page in (1, 2, 3):
        with CaptureQueriesContext(connection) as asked:
            changes = as_editor.get(f"{there}?p={page}").context["cl"]
        found += changes.result_list
        assert changes.result_count == len(rows)
        [shown] = [one["sql"] for one in asked if "completeness" in one["sql"]]
        assert "LIMIT 2" not in shown and '"projects_project"."id" IN (' in shown
        assert not [one for one in asked if "COUNT(*)" in one["sql"] and "projects_current" in one["sql"]]
    assert found == sorted(rows, key=lambda one: one.code)
    narrowed = as_editor.get(f"{there}?is_public__exact=0").context["cl"]
    assert (narrowed.result_count, list(narrowed.result_list)) == (0, [])
