"""The nodes of templates as functions, each made once from what Django has read of it.

Django asks a node anew on each page of what it is made; with small nodes that takes longer than what they
write. How one function is made of a list of them: `tracker.template_source`. While templates are debugged
all is Django's, which says where an error arose.
"""

from django.template import Context, Node, NodeList, Template
from django.template.defaulttags import IfNode
from django.template.loaders import cached
from django.utils.safestring import SafeString

from tracker.template_source import Write, function_of


class KeptTemplates(cached.Loader):
    """Django's, which keeps templates, of nodes that are functions."""

    def get_template(self, template_name: str, skip: list | None = None) -> Template:
        template = super().get_template(template_name, skip)
        if not self.engine.debug:
            template.nodelist = prepared(template.nodelist)
        return template


class Nodes(NodeList):
    """Made into a function when they are first written."""

    function: Write | None = None

    def __init__(self, nodes: NodeList):
        super().__init__(nodes)
        self.by_type: dict[type[Node], list[Node]] = {}

    def render(self, context: Context) -> SafeString:
        return SafeString(self.write(context))

    def write(self, context: Context) -> str:
        if self.function is None:
            self.function = function_of(self)
        return self.function(context)

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


def with_names(values: dict[str, object], nodes: Nodes, context: Context) -> str:
    """Nodes that know these names, and those around them."""
    context.dicts.append(values)
    try:
        return nodes.write(context)
    finally:
        context.dicts.pop()
