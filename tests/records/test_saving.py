"""Records are saved and removed by name: version, audit, search text and standing in one transaction."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from projects.audit import log
from projects.audit.data_version import current_version
from projects.audit.rules import chain
from projects.choices import Kind, RecordType
from projects.core.refusals import Refused
from projects.models import Alias, AuditEntry, Counter, OldSlug, Place, Project, Standing
from projects.records import saving
from projects.records.addresses import next_code, next_slug
from projects.records.saving import Attached
from tests.cast import AT, alias, department, organisation, party, place, project, published, source

pytestmark = pytest.mark.django_db


def new(**fields) -> Project:
    kept = {"name": "新", "name_en": "New", "kind": Kind.WATER, "record_type": RecordType.PROJECT}
    return Project(**kept | fields)


def test_a_new_project_gets_what_it_lacks_and_keeps_what_it_has(people):
    one = saving.save_project(new(), by=people.editor, at=AT)
    other = saving.save_project(new(name="别的", slug="my-own"), by=people.editor, at=AT)
    assert [(of.code, of.slug) for of in (one, other)] == [("QJ-0001", "new"), ("QJ-0002", "my-own")]
    assert [entry.by for entry in AuditEntry.objects.about(one)] == [people.editor]
    assert current_version() == 2


def test_rows_of_its_own_belong_to_the_new_one(people):
    of = saving.save_project(
        new(), by=people.editor, at=AT, attached=Attached(saved=[Alias(name="又名", kind="other_name")])
    )
    assert of.aliases.get().name == "又名" and "又名" in of.search_text.text


def test_the_audit_tells_only_what_differs_and_the_chain_holds(people):
    of = project()
    of.name, of.place = "改名", place()
    saving.save_project(of, by=people.editor, at=AT)
    saving.save_project(of, by=people.editor, at=AT)
    (entry,) = AuditEntry.objects.all()
    assert entry.before == {"name": "示范工厂1", "place": None}
    assert entry.after == {"name": "改名", "place": "park"}
    assert chain.first_broken([log.as_plain(entry)]) is None


def test_a_record_that_breaks_a_rule_changes_nothing(people):
    of = project()
    of.kind = "odd"
    with pytest.raises(ValidationError):
        saving.save_project(of, by=people.editor, at=AT)
    assert Project.objects.get().kind == "industrial"
    assert not AuditEntry.objects.exists() and current_version() == 0


def test_codes_and_addresses_of_what_is_gone_are_not_given_again(people):
    of = project(code="QJ-0107", slug="new")
    saving.remove(of, by=people.editor, at=AT)
    assert [next_code(), next_code()] == ["QJ-0108", "QJ-0109"]
    assert next_slug("New", "QJ-0108") == "new"
    OldSlug.objects.create(slug="new", project=project())
    assert next_slug("New", "QJ-0108") == "new-2"
    assert next_slug("渝黔", "QJ-0108") == "qj-0108"
    assert len(next_slug("long " * 60, "QJ-0108")) <= 60


def test_codes_count_on_as_numbers():
    """As text QJ-9999 would be the last for ever. One that came past the counter is counted from, too."""
    project(code="QJ-9999")
    Counter.objects.create(prefix="QJ", last=12)
    assert next_code() == "QJ-10000"
    assert Counter.objects.get().last == 10_000


def test_an_address_of_another_is_refused(people):
    OldSlug.objects.create(slug="once", project=project())
    of = project()
    of.slug = "once"
    with pytest.raises(Refused, match="address_taken"):
        saving.save_project(of, by=people.editor, at=AT)


def test_a_hidden_project_stands_nowhere(people):
    of = project(is_public=False)
    published(of)
    saving.save_project(of, by=people.editor, at=AT)
    assert not Standing.objects.exists()
    of.is_public = True
    saving.save_project(of, by=people.editor, at=AT)
    assert Standing.objects.exists()


def test_a_hidden_source_takes_its_projects_along(people):
    of, paper = project(), source()
    published(of)
    published(of, source=source("another"), value="operating")
    paper.is_public = False
    saving.save_source(paper, by=people.editor, at=AT)
    assert Standing.objects.today().get().stage == "operating"
    assert not Standing.objects.today().get().sources.count("paper")


def test_names_of_organisations_and_places_reach_the_search(people):
    of = project(place=place("below", name="下", name_en="Below", parent=place("above", name="上")))
    firm = party(of).organisation
    firm.aliases = ["渝铝"]
    saving.save_organisation(firm, by=people.editor, at=AT)
    above = Place.objects.get(code="above")
    above.name = "古南"
    saving.save_place(above, by=people.editor, at=AT)
    of.refresh_from_db()
    assert "渝铝" in of.search_text.text and "古南" in of.search_text.text


def test_a_department_is_recorded_too(people):
    home = department()
    home.name_en = "Planning"
    saving.save_plain(home, by=people.editor, at=AT)
    assert AuditEntry.objects.get().after == {"name_en": "Planning"}
    assert current_version() == 1


def test_removing_is_recorded_with_what_it_was(people):
    of = project()
    alias(of)
    saving.remove(of, by=people.editor, at=AT)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject) == ("project.remove", "QJ-0001")
    assert entry.before["aliases"][0]["name"] == "样板厂" and entry.after is None
    assert entry.by == people.editor


def test_what_others_name_is_not_removed(people):
    firm = organisation()
    party(project())
    with pytest.raises(ProtectedError):
        saving.remove(firm, by=people.editor, at=AT)
    assert not AuditEntry.objects.exists() and current_version() == 0
