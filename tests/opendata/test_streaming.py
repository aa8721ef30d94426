"""Downloads are sent while they are read: flat memory, no transaction, each batch a finished read."""

import gzip
import random
import tracemalloc
from itertools import islice

import pytest
from django.db import connection
from django.test import Client

from projects.models import DataVersion, Standing
from projects.opendata import chosen_projects, export_assertions, export_formats
from projects.opendata.export_formats import csv_file, xlsx_file
from projects.pages import csv_cells
from tests import cast
from tests.opendata.tables import table
from tests.public.crowd import crowd
from tests.public.portfolio import settle

pytestmark = pytest.mark.every_engine

PATHS = [f"/data/{name}" for name in ("projects.csv", "projects.json", "projects.xlsx", "claims.csv")]
MOST = 15 * 2**20


@pytest.fixture
def small_batches(monkeypatch):
    for module in (chosen_projects, export_assertions):
        monkeypatch.setattr(module, "BATCH", 2)
    for module in (csv_cells, export_formats):
        monkeypatch.setattr(module, "PIECE", 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", [*PATHS, "/data/statistics.csv", "/data/milestones.csv", "/data/claims.json"]
)
def test_batches_give_what_one_read_gives(client, made, path, request):
    whole = client.get(path).content
    request.getfixturevalue("small_batches")
    assert client.get(path).content == whole


@pytest.mark.django_db
def test_a_row_stands_as_its_batch_found_it(made, small_batches):
    """The first byte goes out before the last row is read."""
    parts = iter(Client().get("/data/projects.csv").streaming_content)
    begun = b"".join(islice(parts, 3)).decode()
    assert made.factory.code in begun and made.centre.code not in begun
    made.centre.name = "改名后的会展中心"
    made.centre.save()
    settle()
    assert made.centre.name in b"".join(parts).decode()


def is_in_transaction() -> bool:
    held = connection.connection
    if connection.vendor == "sqlite":
        return held.in_transaction
    return held.info.transaction_status != connection.Database.pq.TransactionStatus.IDLE


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", PATHS)
def test_a_slow_reader_holds_no_transaction(small_batches, path):
    for _ in range(9):
        cast.published(cast.project())
    settle()
    answer = Client().get(path)
    parts = iter(answer.streaming_content)
    next(parts)
    assert not connection.in_atomic_block and not is_in_transaction()
    DataVersion.objects.update(number=99)  # nobody waits
    assert list(parts)


@pytest.mark.django_db
def test_what_is_known_is_not_sent_again(client, made):
    tag = client.get("/data/projects.csv")["ETag"]
    assert client.get("/data/projects.csv", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/data/projects.csv?kind=water", headers={"If-None-Match": tag}).status_code == 200
    DataVersion.objects.update_or_create(id=1, defaults={"number": 7, "changed_at": cast.AT})
    assert client.get("/data/projects.csv", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/data/projects.csv", "/data/claims.json"])
def test_text_is_sent_compressed_to_whoever_takes_it_so(client, made, path):
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert (answer["Content-Encoding"], answer["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(answer.content) == client.get(path).content


@pytest.mark.django_db
def test_whoever_asks_for_the_head_gets_no_row(client, made, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        answer = client.head("/data/projects.csv")
    assert answer.content == b"" and answer["Content-Type"].startswith("text/csv")


def peak(sent_by) -> int:
    """How much was held at once while it was sent."""
    tracemalloc.start()
    sent = sum(map(len, sent_by()))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > MOST
    return most


def rows(count: int):
    """Of what does not grow smaller in a zip."""
    chance = random.Random(1)
    return ((f"QJ-{number}", *[chance.randbytes(200).hex() for _ in range(13)]) for number in range(count))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_memory_stays_flat(form):
    """Of 15 MB and more that are sent little is ever held."""
    of = {"csv": lambda: csv_file("milestones", rows(4000)), "xlsx": lambda: book(rows(7000))}
    assert peak(of[form]) < MOST / 3


def book(rows):
    return xlsx_file({"milestones": rows}, {"generated": None}, int)


def test_control_what_is_made_whole_is_found():
    assert peak(lambda: [b"".join(csv_file("milestones", rows(4000)))]) > MOST / 3


@pytest.mark.django_db
def test_of_many_projects_the_csv_has_each_once_and_in_order(client):
    crowd(2500)
    assert Standing.objects.count() == 2500
    codes = [row["code"] for row in table(client, "/data/projects.csv")]
    assert codes == [f"QJ-{number:04}" for number in range(1, 2501)]
