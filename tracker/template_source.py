"""Python of what a list of nodes of a template writes: one function, which has no node left to ask.

Text, values, `if`, `for`, `with` and tags that are plain functions become statements; any other node is asked
to render itself. What they are given is read in `tracker.template_values`. `<b>{{ a.name }}</b>` becomes

    add('<b>')
    v = _3(context)
    add(v if type(v) is Safe else written(v, context))
    add('</b>')
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape

from django.conf import settings
from django.template import Context, Node, VariableDoesNotExist
from django.template.base import FilterExpression, TextNode, Variable, VariableNode, render_value_in_context
from django.template.defaulttags import CommentNode, ForNode, IfNode, LoadNode, TemplateLiteral, WithNode
from django.template.library import SimpleNode
from django.template.smartif import TokenBase
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString

from tracker.template_values import lookup, value_of

Write = Callable[[Context], str]
SILENT = CommentNode, LoadNode  # of which nothing is written


class FunctionText:
    """The lines of the function, and by their names the objects that it uses."""

    def __init__(self) -> None:
        self.lines = ["def write(context):"]
        self.used: dict[str, object] = {"Safe": SafeString, "written": written, "told": told}
        self.depth = 0
        with self.below():
            self.line("dicts, texts = context.dicts, []")
            self.line("add = texts.append")

    def line(self, text: str) -> None:
        self.lines.append("    " * self.depth + text)

    @contextmanager
    def below(self) -> Iterator[None]:
        self.depth += 1
        yield
        self.depth -= 1

    @contextmanager
    def named(self, names: str) -> Iterator[None]:
        """Nodes that know these names, and those around them."""
        self.line(f"dicts.append({names})")
        self.line("try:")
        with self.below():
            yield
            self.line("pass")
        self.line("finally: dicts.pop()")

    def use(self, thing: object) -> str:
        name = f"_{len(self.used)}"
        self.used[name] = thing
        return name

    def read(self, expression: FilterExpression, is_optional: bool = False) -> str:
        return f"{self.use(value_of(expression, is_optional))}(context)"

    def dictionary(self, given: dict[str, FilterExpression]) -> str:
        return f"{{{', '.join(f'{name!r}: {self.read(one)}' for name, one in given.items())}}}"

    def nodes(self, nodes: list[Node]) -> None:
        for node in nodes:
            if isinstance(node, TextNode):
                self.line(f"add({node.s!r})")
            elif make := _STATEMENTS.get(type(node)):
                make(self, node)
            elif not isinstance(node, SILENT):
                self.line(f"add({self.use(node.render)}(context))")

    def function(self) -> Write:
        with self.below():
            self.line('return "".join(texts)')
        found = dict(self.used)
        exec("\n".join(self.lines), found)  # noqa: S102 (of names and texts of our own templates, quoted)
        return found["write"]


def function_of(nodes: list[Node]) -> Write:
    source = FunctionText()
    with source.below():
        source.nodes(nodes)
    return source.function()


def written(value: object, context: Context) -> str:
    """A value as a page shows it."""
    kind = type(value)
    if kind is str and context.autoescape:
        return escape(value)
    if kind is SafeString:
        return value
    if kind is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(value)
    if context.autoescape and isinstance(value, str) and not isinstance(value, SafeData):
        return escape(str(value))  # of a code
    return render_value_in_context(value, context)


def told(found: object, context: Context) -> str:
    """What a tag says, as a page shows it."""
    if not context.autoescape:
        return found
    return escape(found) if type(found) is str else conditional_escape(found)


def _variable(source: FunctionText, node: VariableNode) -> None:
    source.line(f"v = {source.read(node.filter_expression)}")
    source.line("add(v if type(v) is Safe else written(v, context))")


def _simple(source: FunctionText, node: SimpleNode) -> None:
    """Of a tag that is a plain function (`simple_tag`)."""
    given = ["context"] if node.takes_context else []
    given += map(source.read, node.args)
    if node.kwargs:  # whose names may be words of Python's own
        given.append(f"**{source.dictionary(node.kwargs)}")
    source.line(f"v = {source.use(node.func)}({', '.join(given)})")
    if node.target_var is None:
        source.line("add(v if type(v) is Safe else told(v, context))")
    else:
        source.line(f"context[{node.target_var!r}] = v")


def _if(source: FunctionText, node: IfNode) -> None:
    _branches(source, node.conditions_nodelists)


def _branches(source: FunctionText, branches: list) -> None:
    if not branches:
        return
    (test, nodes), *others = branches
    if test is None:
        source.nodes(nodes)
        return
    source.line(f"try: is_so = {_test(source, test)}")
    source.line(f"except Exception as error: is_so = {source.use(_usual(test))}(context, error)")
    source.line("if is_so:")
    with source.below():
        source.nodes(nodes)
        source.line("pass")
    if others:
        source.line("else:")
        with source.below():
            _branches(source, others)
            source.line("pass")


def _test(source: FunctionText, test: TokenBase) -> str:
    """Operators are called in templates as in Python."""
    if isinstance(test, TemplateLiteral):
        return source.read(test.value, is_optional=True)
    first = _test(source, test.first)
    return f"(not {first})" if test.second is None else f"({first} {test.id} {_test(source, test.second)})"


def _usual(test: TokenBase) -> Callable[[Context, Exception], object]:
    """In `if` Django takes whatever error an operator raises, or a filter's argument that lacks, for no."""

    def usual(context: Context, error: Exception) -> object:
        if isinstance(error, VariableDoesNotExist):
            return False
        if isinstance(test, TemplateLiteral):
            raise error
        return test.eval(context)

    return usual


def _for(source: FunctionText, node: ForNode) -> None:
    number = len(source.lines)
    values, own, state, at, count = (f"{name}{number}" for name in ("values", "own", "state", "at", "count"))
    around = source.use(lookup(Variable("forloop"), lambda _context: {}))
    source.line(f"{values} = {source.use(_listed)}({source.read(node.sequence, is_optional=True)})")
    source.line(f"{count}, {own} = len({values}), {{}}")
    source.line(f"{state} = {own}['forloop'] = {{'parentloop': {around}(context)}}")
    with source.named(own):
        turned = f"reversed({values})" if node.is_reversed else values
        source.line(f"for {at}, item in enumerate({turned}):")
        with source.below():
            source.line(f"{state}['counter0'], {state}['counter'] = {at}, {at} + 1")
            source.line(f"{state}['revcounter0'], {state}['revcounter'] = {count} - {at} - 1, {count} - {at}")
            source.line(f"{state}['first'], {state}['last'] = {at} == 0, {at} == {count} - 1")
            if len(node.loopvars) == 1:
                source.line(f"{own}[{node.loopvars[0]!r}] = item")
                source.nodes(node.nodelist_loop)
            else:
                with source.named(f"dict(zip({tuple(node.loopvars)!r}, item, strict=True))"):
                    source.nodes(node.nodelist_loop)
        source.line(f"if not {count}:")
        with source.below():
            source.nodes(node.nodelist_empty)
            source.line("pass")


def _listed(values: object) -> object:
    return () if values is None else values if hasattr(values, "__len__") else list(values)


def _with(source: FunctionText, node: WithNode) -> None:
    with source.named(source.dictionary(node.extra_context)):
        source.nodes(node.nodelist)


_STATEMENTS: dict[type[Node], Callable[..., None]] = {
    VariableNode: _variable,
    IfNode: _if,
    ForNode: _for,
    WithNode: _with,
    SimpleNode: _simple,
}
