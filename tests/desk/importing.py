"""Files on the desk, as an editor takes them in and goes through the steps."""

from django.core.files.uploadedfile import SimpleUploadedFile

from projects.models import Batch
from tests.imports.workbooks import workbook
from tests.public.reading import Page, read

HEADS = ["项目名称", "责任单位", "总投资（万元）", "进展阶段", "项目类别"]


def file_of(*rows, name="二月.xlsx", heads=HEADS) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, workbook([heads, *rows]))


def taken(client, people, *rows, sender="发改委", **more) -> Batch:
    client.force_login(people.editor)
    answer = client.post("/desk/imports/", {"file": file_of(*rows, **more), "sender": sender})
    assert answer.status_code == 302, Page(answer).main
    return Batch.objects.order_by("pk").last()


def page_of(batch: Batch, step: str = "") -> str:
    return f"/desk/imports/{batch.pk}/{step}"


def saved_columns(client, batch: Batch, **more):
    page = read(client, page_of(batch, "columns/"))
    told = {"version": batch.version, "as_of": "2026-02-28", "source": "", "sender": batch.sender}
    chosen = {
        one.given["name"]: next(
            (o.given["value"] for o in page.all("option") if o.within is one and "selected" in o.given), ""
        )
        for one in page.all("select")
    }
    return client.post(page_of(batch, "columns/"), told | chosen | more)


def act(client, batch: Batch, act: str, **more):
    batch.refresh_from_db()
    return client.post(page_of(batch), {"act": act, "version": batch.version} | more)
