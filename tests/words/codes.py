"""Which codes the rules may raise or yield, read from their source."""

import ast
from pathlib import Path

PROJECTS = Path(__file__).parents[2] / "projects"


def raised_with(name: str, position: int = 0) -> set[str]:
    """The constants that stand at a position in every call of a name, anywhere in the tree: its codes."""
    calls = [
        node
        for path in PROJECTS.rglob("*.py")
        if name in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and called(node) == name
    ]
    at = [call.args[position] for call in calls if len(call.args) > position]
    return {part.value for one in at for part in ast.walk(one) if isinstance(part, ast.Constant)}


def called(call: ast.Call) -> str | None:
    """The last name of what is called: `Refused` in `dates.Refused(…)`."""
    return getattr(call.func, "id", None) or getattr(call.func, "attr", None)
