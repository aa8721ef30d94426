"""Reads a tree of Python files: which module imports which, and where; nothing is run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Import:
    """One import of one module, as it is written."""

    module: str
    line: int
    is_inside: bool  # a function


@dataclass(frozen=True)
class Module:
    name: str
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def syntax(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        """The package within `projects`; "" for the package itself."""
        return (self.name.split(".") + [""])[1]

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.syntax):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


class Tree:
    """The modules of some packages below a folder. Migrations are exempt from every rule of the house."""

    def __init__(self, root: Path, *packages: str):
        paths = [path for package in packages for path in sorted((root / package).rglob("*.py"))]
        found = [Module(_name(root, path), path) for path in paths if "migrations" not in path.parts]
        self.modules = {module.name: module for module in found}
        self.packages = packages

    def __iter__(self) -> Iterator[Module]:
        return iter(self.modules.values())

    def imports(self, module: Module) -> Iterator[Import]:
        """Every import; of our own packages the very module that is meant."""
        inside = {
            id(node)
            for function in module.functions
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        for node in ast.walk(module.syntax):
            for name in _imported(module, node):
                yield Import(self._meant(name), node.lineno, id(node) in inside)

    def own_imports(self, module: Module) -> Iterator[Import]:
        for one in self.imports(module):
            if one.module.split(".")[0] in self.packages:
                yield one

    def _meant(self, name: str) -> str:
        """`projects.core.fuzzy_dates` of `projects.core.fuzzy_dates.parse`; foreign names as they are."""
        parts = name.split(".")
        names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        return next((one for one in names if one in self.modules), name)


def _name(root: Path, path: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _imported(module: Module, node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        source = _absolute(module, node)
        return [f"{source}.{alias.name}" for alias in node.names]
    return []


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    """Relative imports are refused by the linter; here they are only understood."""
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    is_package = module.path.name == "__init__.py"
    above = parts[: len(parts) - node.level + is_package]
    return ".".join([*above, *([node.module] if node.module else [])])
