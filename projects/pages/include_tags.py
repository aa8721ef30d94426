"""Django's `{% include %}`; where the name is fixed, its template is looked up once and written in place.

A built-in tag (`settings.TEMPLATES`). Django's own looks it up anew for each page, and begins a state of its
own each time that it is written: more than a small part costs.
"""

from django.template import Context, Library, NodeList
from django.template.base import Parser, Token
from django.template.defaulttags import CycleNode, IfChangedNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode, do_include

from tracker.template_nodes import prepared, with_names
from tracker.template_values import Read, values_of

register = Library()
OF_A_STATE = CycleNode, IfChangedNode, BlockNode, ExtendsNode  # where it matters that the state is its own


class Inlined(IncludeNode):
    """Of a fixed name. While templates are debugged it is Django's, which says where an error arose."""

    nodes: NodeList | None = None
    given: list[tuple[str, Read]]
    has_state = False

    def render(self, context: Context) -> str:
        if self.nodes is None:
            self._find(context)
        if self.has_state:
            return super().render(context)
        return with_names({name: read(context) for name, read in self.given}, self.nodes, context)

    def _find(self, context: Context) -> None:
        engine = context.template.engine
        nodes = engine.get_template(self.template.var).nodelist
        self.has_state = engine.debug or bool(nodes.get_nodes_by_type(OF_A_STATE))
        self.given = values_of(self.extra_context)
        self.nodes = nodes if self.has_state else prepared(nodes)


@register.tag
def include(parser: Parser, token: Token) -> IncludeNode:
    node = do_include(parser, token)
    is_fixed = not node.template.is_var and not node.template.filters
    if not is_fixed or node.isolated_context:
        return node
    return Inlined(node.template, extra_context=node.extra_context)
