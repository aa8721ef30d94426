"""Posting signed JSON to one address: no redirect is followed, no proxy asked, nothing of the answer kept.

The receiver computes the HMAC-SHA256 of the header X-Timestamp, a full stop and the body with the shared
secret, and compares it with X-Signature; what is older than a few minutes it may refuse. A group chat's robot
gets a text instead (`robots`).
"""

import hashlib
import hmac
import json
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)

from tracker import robots

SECONDS = 5
MAX_ANSWER = 4096  # bytes of a robot's, which says whether it was sent


def post(url: str, secret: str, said: dict, *, timestamp: int) -> None:
    """Raises an OSError unless the answer is a 2xx."""
    body = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
    _send(url, body, {"X-Timestamp": str(timestamp), "X-Signature": signature(secret, timestamp, body)})


def tell_robot(url: str, secret: str, text: str, *, timestamp: int) -> None:
    """Raises an OSError unless the robot says that it was sent."""
    body = json.dumps(robots.message(text), ensure_ascii=False).encode()
    robots.check(_send(robots.signed(url, secret, timestamp), body, {}))


def _send(url: str, body: bytes, more: dict[str, str]) -> bytes:
    """Post it, and give the first bytes of the answer; raises an OSError where there is none, or no 2xx."""
    headers = {"Content-Type": "application/json; charset=utf-8"} | more
    request = Request(url, data=body, headers=headers, method="POST")  # noqa: S310 (https: settings)
    try:
        with _opener().open(request, timeout=SECONDS) as answer:
            return answer.read(MAX_ANSWER)
    except HTTPError as refusal:
        refusal.close()
        raise
    except HTTPException as broken:  # no answer that can be read
        raise ConnectionError from broken


def signature(secret: str, timestamp: int, body: bytes) -> str:
    signed = str(timestamp).encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _opener() -> OpenerDirector:
    """Without the handlers that follow redirects, ask proxies or open files."""
    opener = OpenerDirector()
    for handler in (HTTPHandler, HTTPSHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler):
        opener.add_handler(handler())
    return opener
