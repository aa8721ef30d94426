"""A template that is written in place reads as Django would have included it."""

import pytest
from django.template import Context, Engine, TemplateDoesNotExist
from django.template.backends.django import get_installed_libraries

from projects.pages.include_tags import Inlined

PARTS = {
    "row": "<li>{{ one }}{{ more }}</li>",
    "sets": "{% with more='!' %}{% include 'row' %}{% endwith %}{{ more }}",
    "turns": "{% cycle 'a' 'b' %}",
    "tree": "({{ of.0 }}{% for of in of.1 %}{% include 'tree' %}{% endfor %})",
    "block": "{% block own %}of the part{% endblock %}",
    "child": "{% extends 'block' %}{% block own %}of the child{% endblock %}",
    "names": "{% with one=more %}{% widthratio 1 2 100 as more %}{{ more }}{{ one.nothing }}{% endwith %}",
    "fails": "{{ all.fail }}",
}
LIST = "{% for one in all %}{% include PART %}{% endfor %}{{ more }}"
PAGES = {
    "plain": LIST.replace("PART", "'row'"),
    "with more": LIST.replace("PART", "'row' with more=one"),
    "alone": LIST.replace("PART", "'row' with more=one only"),
    "named by a value": LIST.replace("PART", "name"),
    "names of its own": LIST.replace("PART", "'sets'"),
    "a state of its own": LIST.replace("PART", "'turns'"),
    "in itself": "{% include 'tree' with of=tree %}",
    "a block": LIST.replace("PART", "'block'"),
    "extends": LIST.replace("PART", "'child'"),
    "names that it gives": LIST.replace("PART", "'names'"),
}
SAID = {"all": ["<", 2, None], "name": "row", "more": "&", "tree": (1, [(2, []), (3, [(4, [])])])}


def engine(*builtins: str, debug: bool = False) -> Engine:
    loaders = [("django.template.loaders.locmem.Loader", PARTS | PAGES)]
    libraries = get_installed_libraries()
    return Engine(loaders=loaders, libraries=libraries, builtins=list(builtins), debug=debug)


OURS = "projects.pages.include_tags"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("debug", [False, True])
def test_it_reads_as_djangos(page, debug):
    template = engine(OURS, debug=debug).get_template(page)
    usual = engine().get_template(page).render(Context(SAID))
    assert usual and [template.render(Context(SAID)) for _ in range(2)] == [usual] * 2


def test_control_without_a_look_for_states_turns_would_go_on(monkeypatch):
    monkeypatch.setattr("projects.pages.include_tags.OF_A_STATE", ())
    ours, usual = (one.get_template("a state of its own") for one in (engine(OURS), engine()))
    assert ours.render(Context(SAID)) != usual.render(Context(SAID))


class Failing:
    @property
    def fail(self):
        raise ZeroDivisionError


def test_it_leaves_no_name_behind_where_it_fails():
    template = engine(OURS).from_string("{% include 'fails' with more=1 %}")
    context = Context({"more": 0, "all": Failing()})
    with pytest.raises(ZeroDivisionError):
        template.render(context)
    assert context["more"] == 0 and len(context.dicts) == 2


@pytest.mark.parametrize("builtins", [(), (OURS,)])
def test_a_template_that_is_not_there_is_an_error(builtins):
    with pytest.raises(TemplateDoesNotExist):
        engine(*builtins).from_string("{% include 'missing' %}").render(Context())


def test_fixed_names_alone_are_written_in_place():
    ours = engine(OURS)
    kinds = {page: ours.get_template(page).nodelist.get_nodes_by_type(Inlined) for page in PAGES}
    assert kinds["plain"] and kinds["with more"]
    assert not kinds["alone"] and not kinds["named by a value"]
