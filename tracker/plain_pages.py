"""Pages in both languages that need neither database nor template: what went wrong, and what was typed.

Which trouble an exception tells of is `tracker.trouble`.
"""

import logging
import re

from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import override

from tracker.trouble import WORDS, Trouble

log = logging.getLogger(__name__)


def trouble_page(request, trouble: Trouble, exception: BaseException) -> HttpResponse:
    """Says it in the log, once, and gives what was typed back to whoever typed it."""
    # A disk says all in a word; what is merely taken for a busy database needs its traceback.
    trace = exception if trouble == Trouble.BUSY else None
    log.error("Trouble (%s) at %s: %s", trouble, request.path, exception, exc_info=trace)
    text, text_en = WORDS[trouble]
    title, _, title_en, _ = PLAIN_PAGES[503]
    response = plain_page(503, (title, text, title_en, text_en), typed_again(request))
    response._has_been_logged = True
    return response


# What of a form nobody typed, and what is shown to nobody. What was chosen from a list is a code.
MECHANICS = (
    *("chosen", "csrfmiddlewaretoken", "do", "keep", "made", "next", "one"),
    *("paper", "seen", "shown", "stamp", "version"),
)
CODE = re.compile(r"[a-z][a-z_]*")
SECRETS = ("password", "secret")
# No browser sends a file again by itself.
NO_FILES = (
    "下列文件没有保存，再次提交时也不会带上，请随后重新添加。",
    "These files were not saved and are not sent again; please add them afterwards.",
)
MOST_TYPED = 500_000  # characters that are given back


def typed_again(request) -> str:
    """The form as it was sent, to be sent again; empty where there is none, or it holds a secret."""
    if request.method != "POST" or "/accounts/" in request.path_info:
        return ""
    fields, files = _posted(request)
    is_secret = any(word in name.lower() for name, _ in fields for word in SECRETS)
    if is_secret or sum(len(value) for _, value in fields) > MOST_TYPED:
        return ""
    shown = [(name, value) for name, value in fields if _is_typed(name, value)]
    hidden = [pair for pair in fields if pair not in shown]
    return format_html(
        '<form method="post" action="{}"><h2>您填写的内容 · What you typed</h2>{}{}{}'
        "<p><button>再次提交 · Send again</button></p></form>",
        request.get_full_path(),
        format_html("<p>{} · {}</p><ul>{}</ul>", *NO_FILES, _listed(files)) if files else "",
        format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden),
        format_html_join(
            "",
            '<p><label>{}<br><textarea name="{}" cols="36" rows="3">\n{}</textarea></label></p>',
            [(_called(request, name), name, value) for name, value in shown],
        ),
    )


def _called(request, name: str) -> str:
    """As the page calls it, where its view says that in `labels`, in both languages.

    A row of a table is named before its column: QJ-0001-works.
    """
    labels = getattr(request.resolver_match and request.resolver_match.func, "labels", {})
    row, column = _parts(name)
    if column not in labels:
        return name
    with override("zh-hans"):
        chinese = str(labels[column])
    with override("en"):
        return " · ".join(filter(None, (row, chinese, str(labels[column]))))


def _parts(name: str) -> tuple[str, str]:
    """Row and column, of a table's field; no row where a form has but one."""
    row, _dash, column = name.rpartition("-")
    return row, column


def _listed(names: list[str]) -> SafeString:
    return format_html_join("", "<li>{}</li>", [(name,) for name in names])


def _is_typed(name: str, value: str) -> bool:
    is_said = bool(value.strip()) and not CODE.fullmatch(value)
    return is_said and _parts(name)[1] not in MECHANICS and not name.endswith("_FORMS")


def _posted(request) -> tuple[list[tuple[str, str]], list[str]]:
    """Fields and the names of files; nothing where the body could not be read."""
    try:
        posted, files = request.POST, request.FILES
    except (OSError, SuspiciousOperation, MultiPartParserError):
        return [], []
    fields = [(name, value) for name, values in posted.lists() for value in values]
    return fields, [file.name for _name, several in files.lists() for file in several]


PLAIN_PAGES = {
    "encoding": (
        "无法读取",
        "发送的内容不是 UTF-8 编码，没有读取，也没有保存。",
        "Not readable",
        "What was sent is not encoded as UTF-8: it was not read, and nothing was saved.",
    ),
    "request": (
        "无法处理",
        "网址中的域名不是本站的，或参数太多，或表单格式有误，没有读取，也没有保存。请从首页重新进入。",
        "Not understood",
        "The address names another site, or there are too many parameters, or a form is cut wrongly:"
        " it was not read, and nothing was saved. Please begin again at the front page.",
    ),
    403: (
        "未能提交",
        "这个页面打开得太久，或登录状态已改变，因此没有保存任何内容。请返回上一页，重新载入后再提交。",
        "Not sent",
        "The page was open for too long, or the login has changed: nothing was saved."
        " Please go back, load the page again and send it once more.",
    ),
    400: (
        "没有收全",
        "发送的内容中途断开，没有保存任何内容。请返回上一页再发送一次。",
        "Broken off",
        "What was sent broke off on its way: nothing was saved. Please go back and send it again.",
    ),
    405: (
        "这里不能这样打开",
        "这个网址只接受另一种请求：可能是填完的表格才能送到这里，也可能是这里只能浏览。没有保存任何内容。"
        "请返回上一页，或从首页重新进入。",
        "Not taken here",
        "This address takes another kind of request: either a form is sent here, or it can only be read."
        " Nothing was saved. Please go back, or begin again at the front page.",
    ),
    411: (
        "没有说明长度",
        "发送的内容没有写明长度，没有读取。请用普通浏览器发送。",
        "No length given",
        "What was sent does not say how long it is, and was not read. Please use an ordinary browser.",
    ),
    413: (
        "内容太大",
        "发送的内容太大，没有读取，也没有保存：文字一次最多约 35 万个汉字（1 MB），文件以页面上写明的为限。"
        "您写的内容还在浏览器里：请返回上一页，减少文字或文件后再发送。",
        "Too large",
        "What was sent is too large: it was not read, and nothing was saved. At most 1 MB of text is taken at"
        " once, and files as the page says. What you wrote is still in your browser:"
        " please go back and send less, or fewer files at once.",
    ),
    415: (
        "此处不收文件",
        "这个页面不收文件，没有读取。",
        "No files here",
        "No files are taken at this address; what was sent was not read.",
    ),
    "busy": (
        "现在人太多",
        "同时发送或下载的人太多，您的操作没有保存。请稍等几秒，返回上一页再试一次。",
        "Busy for the moment",
        "Too many are sending or downloading at once. Nothing was saved;"
        " please wait a few seconds, go back and try again.",
    ),
    503: (
        "暂时无法使用",
        WORDS[Trouble.BUSY][0],
        "Unavailable for the moment",
        WORDS[Trouble.BUSY][1],
    ),
    500: (
        "出错了",
        "页面出错，已记录。请稍后再试。",
        "Something went wrong",
        "This page failed, and the failure is on record. Please try again later.",
    ),
}


def plain_page(status: int, words: tuple[str, str, str, str] | None = None, more: str = "") -> HttpResponse:
    """A page in both languages that needs neither database nor template."""
    title, text, title_en, text_en = words or PLAIN_PAGES[status]
    response = HttpResponse(
        '<!doctype html><html lang="zh-Hans"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title} · {title_en}</title>'
        f"<main><h1>{title}</h1><p>{text}</p>"
        f'<div lang="en"><h2>{title_en}</h2><p>{text_en}</p></div>{more}</main></html>',
        status=status,
    )
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = "5"
    return response
