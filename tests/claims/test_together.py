"""Two people who decide on the same claims, or set the same projects, at once: each is done by one of them.

Whoever comes second is told of each that was left.
"""

import json

from tests.claims.test_concurrency import prepared, said_by, told


def outcomes(started, *programs: tuple[str, ...]) -> list[dict]:
    return [json.loads(line) for [line] in said_by(started(*programs))]


def test_two_people_decide_together_on_the_same_claims(own_database, started):
    """One on the first thirty, the other on the last thirty of forty."""
    [of] = prepared(own_database, 1, 40)
    refs = of["refs"]
    one, other = outcomes(
        started, ("approve_together", *refs[:30]), ("refuse_together", *reversed(refs[10:]))
    )
    assert sorted(one["done"] + other["done"]) == sorted(refs)
    assert {*one["left"].values(), *other["left"].values()} == {"decided_already"}
    first = one if not one["left"] else other
    assert first["left"] == {} and len(first["done"]) == 30
    after = told(own_database)
    assert (after["approved"], sorted(after["refused"])) == (sorted(one["done"]), sorted(other["done"]))
    assert after["differing"] == [] and after["version"] == 1
    actions = [action for action, _subject in after["entries"]]
    assert (actions.count("claim.approve"), actions.count("claim.refuse")) == (
        len(one["done"]),
        len(other["done"]),
    )


def test_two_people_set_a_fact_of_the_same_projects(own_database, started):
    codes = [of["project"] for of in prepared(own_database, 12, 0)]
    one, other = outcomes(
        started, ("set_together", "water", *codes[:9]), ("set_together", "energy", *codes[3:])
    )
    first, second = (one, other) if not one["moved"] else (other, one)
    assert len(first["changes"]) == 9 and len(second["changes"]) == 3
    assert sorted(second["moved"]) == codes[3:9]
    after = told(own_database)
    kinds = dict.fromkeys(one["changes"], "water") | dict.fromkeys(other["changes"], "energy")
    assert {code: after["kinds"][code] for code in codes} == kinds
    assert after["differing"] == []
    saved = [subject for action, subject in after["entries"] if action == "project.save"]
    assert sorted(saved) == codes
