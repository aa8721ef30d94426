"""Whether the process answers: without a database, a session or a page kept."""

import pytest


def test_it_answers_ok(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (
        200,
        b"ok\n",
        "text/plain; charset=utf-8",
    )


def test_it_is_never_kept_and_sets_nothing(client):
    answer = client.get("/healthz")
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer and "Vary" not in answer and not answer.cookies


@pytest.mark.django_db
def test_it_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_head_answers_and_post_does_not(client):
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405
