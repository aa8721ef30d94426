"""Django's `{% url %}`; where the name is fixed and alone, its address is looked up once a language.

A built-in tag (`settings.TEMPLATES`). Django's own takes longer to find an address than a small part to be
written.
"""

from django.template import Library, Node
from django.template.base import Parser, Token
from django.template.defaulttags import url as usual
from django.template.library import SimpleNode

from projects.pages.page_frame import path_of

register = Library()


@register.tag
def url(parser: Parser, token: Token) -> Node:
    node = usual(parser, token)
    name = node.view_name
    is_alone = not (node.args or node.kwargs or node.asvar or name.filters or name.is_var)
    if not is_alone or ":" in name.var:  # of a name space it matters in which one the page is
        return node
    return SimpleNode(path_of, False, [name], {}, None)
