"""The nodes of templates as functions, each made once from what Django has read of it.

Django asks a node anew on each page of what it is made; with small nodes that takes longer than what they
write. Those of which most pages are made (text, values, `if`, `for`, `with`, tags that are plain functions)
do here what Django's do; what they are given is read in `tracker.template_values`. Every other node writes
itself. While templates are debugged all is Django's, which says where an error arose.
"""

from collections.abc import Callable
from html import escape

from django.conf import settings
from django.template import Context, Node, NodeList, Template, VariableDoesNotExist
from django.template.base import TextNode, Variable, VariableNode, render_value_in_context
from django.template.defaulttags import CommentNode, ForNode, IfNode, LoadNode, TemplateLiteral, WithNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.template.smartif import TokenBase
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from tracker.template_values import Read, lookup, value_of, values_of

Write = Callable[[Context], str]
SILENT = CommentNode, LoadNode  # of which nothing is written


class KeptTemplates(cached.Loader):
    """Django's, which keeps templates, of nodes that are functions."""

    def get_template(self, template_name: str, skip: list | None = None) -> Template:
        template = super().get_template(template_name, skip)
        if not self.engine.debug:
            template.nodelist = prepared(template.nodelist)
        return template


class Nodes(NodeList):
    """Made into functions when they are first written."""

    texts: list[str]  # with room for what is written each time
    pieces: list[tuple[int, Write]] | None = None  # and where

    def __init__(self, nodes: NodeList):
        super().__init__(nodes)
        self.by_type: dict[type[Node], list[Node]] = {}

    def render(self, context: Context) -> SafeString:
        return SafeString(self.write(context))

    def write(self, context: Context) -> str:
        if self.pieces is None:
            self.texts, self.pieces = _pieces(self)
        written = self.texts.copy()
        for at, piece in self.pieces:
            written[at] = piece(context)
        return "".join(written)

    def get_nodes_by_type(self, kind: type[Node]) -> list[Node]:
        """Looked for once: each page that extends another asks for the blocks of it."""
        if kind not in self.by_type:
            self.by_type[kind] = super().get_nodes_by_type(kind)
        return self.by_type[kind]


def prepared(nodes: NodeList) -> Nodes:
    """With all that they hold: what renders a list of nodes, ours or not, renders functions."""
    if isinstance(nodes, Nodes):
        return nodes
    for node in nodes:
        if isinstance(node, IfNode):
            node.conditions_nodelists = [(test, prepared(held)) for test, held in node.conditions_nodelists]
            continue
        for name in node.child_nodelists:
            held = getattr(node, name, None)
            if type(held) is NodeList:
                setattr(node, name, prepared(held))
    return Nodes(nodes)


def _pieces(nodes: Nodes) -> tuple[list[str], list[tuple[int, Write]]]:
    written = [node for node in nodes if not isinstance(node, SILENT)]
    texts = [node.s if isinstance(node, TextNode) else "" for node in written]
    return texts, [(at, _piece(node)) for at, node in enumerate(written) if not isinstance(node, TextNode)]


def _piece(node: Node) -> Write:
    make = _WRITERS.get(type(node))
    return make(node) if make else node.render


def _variable(node: VariableNode) -> Write:
    read = value_of(node.filter_expression)

    def write(context: Context) -> str:
        return written(read(context), context)

    return write


def written(value: object, context: Context) -> str:
    """A value as a page shows it."""
    kind = type(value)
    if kind is SafeString:
        return value
    if kind is str and context.autoescape:
        return escape(value)
    if kind is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(value)
    return render_value_in_context(value, context)


def _if(node: IfNode) -> Write:
    branches = [(test and _test(test), held.write) for test, held in node.conditions_nodelists]

    def write(context: Context) -> str:
        for test, branch in branches:
            try:
                holds = test is None or test(context)
            except VariableDoesNotExist:  # of an argument of a filter
                continue
            if holds:
                return branch(context)
        return ""

    return write


class _Literal:
    """What an operator of `if` asks."""

    def __init__(self, read: Read):
        self.eval = read


def _test(condition: TokenBase) -> Read:
    if isinstance(condition, TemplateLiteral):
        return value_of(condition.value, is_optional=True)
    for side in ("first", "second"):
        if isinstance(held := getattr(condition, side), TokenBase):
            setattr(condition, side, _Literal(_test(held)))
    return condition.eval


def _for(node: ForNode) -> Write:
    around = lookup(Variable("forloop"), lambda _context: {})
    sequence = value_of(node.sequence, is_optional=True)
    names, body, empty = node.loopvars, node.nodelist_loop, node.nodelist_empty

    def write(context: Context) -> str:
        outer, own = around(context), {}
        context.dicts.append(own)
        try:
            values = sequence(context)
            values = () if values is None else values if hasattr(values, "__len__") else list(values)
            if not (count := len(values)):
                return empty.write(context)
            state = own["forloop"] = {"parentloop": outer}
            texts = []
            for at, item in enumerate(reversed(values) if node.is_reversed else values):
                state["counter0"], state["counter"] = at, at + 1
                state["revcounter0"], state["revcounter"] = count - at - 1, count - at
                state["first"], state["last"] = at == 0, at == count - 1
                if len(names) == 1:
                    own[names[0]] = item
                    texts.append(body.write(context))
                else:
                    texts.append(with_names(dict(zip(names, item, strict=True)), body, context))
            return "".join(texts)
        finally:
            context.dicts.pop()

    return write


def _with(node: WithNode) -> Write:
    given = values_of(node.extra_context)

    def write(context: Context) -> str:
        return with_names({name: read(context) for name, read in given}, node.nodelist, context)

    return write


def with_names(values: dict[str, object], nodes: Nodes, context: Context) -> str:
    """Nodes that know these names, and those around them."""
    context.dicts.append(values)
    try:
        return nodes.write(context)
    finally:
        context.dicts.pop()


def _simple(node: SimpleNode) -> Write:
    """Of a tag that is a plain function (`simple_tag`)."""
    reads, named = [value_of(one) for one in node.args], values_of(node.kwargs)
    if node.takes_context:
        reads.insert(0, lambda context: context)

    def write(context: Context) -> str:
        given = {name: read(context) for name, read in named} if named else {}
        found = node.func(*[read(context) for read in reads], **given)
        if node.target_var is not None:
            context[node.target_var] = found
            return ""
        kind = type(found)
        if kind is SafeString or not context.autoescape:
            return found
        return escape(found) if kind is str else conditional_escape(found)

    return write


_WRITERS: dict[type[Node], Callable[..., Write]] = {
    VariableNode: _variable,
    IfNode: _if,
    ForNode: _for,
    WithNode: _with,
    SimpleNode: _simple,
}
