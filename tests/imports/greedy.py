"""A reader that wants more memory than it may have: a control of what stops one."""


def read(data: bytes) -> str:
    return str(len(bytes(2**30) + data))
