"""A blank form as somebody takes it in at the desk."""

from django.core.files.uploadedfile import SimpleUploadedFile

from projects.models import Workbook
from tests.imports.workbooks import Formula, workbook

FORM = [
    ["重点项目统计表"],
    ["序号", "项目名称", "形象进度", "总投资（万元）", "联系电话"],
    [1],
    [2],
    ["合计", None, None, Formula("SUM(D3:D4)", "0")],
]


def sent(client, *, rows=FORM, sender="市发改委", data: bytes | None = None, name="统计表.xlsx"):
    data = workbook(rows) if data is None else data
    return client.post("/desk/fill/", {"file": SimpleUploadedFile(name, data), "sender": sender})


def taken_form(client, **more) -> Workbook:
    assert sent(client, **more).status_code == 302
    return Workbook.objects.order_by("pk").last()


def confirm(client, form: Workbook, **more):
    codes = {"column-1": "serial", "column-2": "name", "column-3": "works", "column-4": "total_investment"}
    return client.post(f"/desk/fill/{form.pk}/", codes | {"column-5": ""} | more)
