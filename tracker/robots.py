"""Robots of group chats in place of a webhook of one's own: 企业微信 and 钉钉 take a text at their addresses.

企业微信 knows a group by the key in the address alone. 钉钉 wants the time in milliseconds, and in base64 the
HMAC-SHA256 of that, a line's end and the secret, under the secret. Both answer 200 to what they refuse, with
a code in it.
"""

import base64
import hashlib
import hmac
import json
from urllib.parse import urlencode, urlsplit

WECOM, DINGTALK = "qyapi.weixin.qq.com", "oapi.dingtalk.com"
ROBOTS = {WECOM, DINGTALK}


class RobotRefusal(OSError):
    """A robot took the message and does not show it: a wrong key or signature, a word it does not allow."""


def is_robot(url: str) -> bool:
    return urlsplit(url).hostname in ROBOTS


def signed(url: str, secret: str, timestamp: int) -> str:
    """The address to post to at that moment, in seconds since 1970."""
    if urlsplit(url).hostname != DINGTALK:
        return url
    moment = timestamp * 1000
    code = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
    return f"{url}&{urlencode({'timestamp': moment, 'sign': base64.b64encode(code).decode()})}"


def message(text: str) -> dict:
    return {"msgtype": "text", "text": {"content": text}}


def check(answer: bytes) -> None:
    """Raises unless the robot says that it was sent."""
    try:
        code = json.loads(answer)["errcode"]
    except (ValueError, KeyError, TypeError):
        code = "without a code"
    if code != 0:
        refusal = RobotRefusal(f"The robot answered {code}.")
        refusal.code = code if isinstance(code, int) else None
        raise refusal
