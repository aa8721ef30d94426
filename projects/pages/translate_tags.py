"""Django's `i18n` library, whose sentences without values are translated and escaped once a language.

Templates load it as `i18n` (`settings.TEMPLATES`); a sentence with a value in it is Django's own tag.
"""

from django.template import Library, Node
from django.template.base import Parser, Token, TokenType
from django.templatetags import i18n
from django.utils.translation import get_language

register = Library()
register.tags, register.filters = dict(i18n.register.tags), i18n.register.filters


class FixedSentence(Node):
    """Of a tag that writes the same whatever the page says."""

    def __init__(self, node: Node):
        self.node, self.texts = node, {}

    def render(self, context) -> str:
        language = get_language()
        if language not in self.texts:
            self.texts[language] = self.node.render(context)
        return self.texts[language]


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    words = node.filter_expression
    is_open = words.var.literal is None or words.filters or node.message_context or node.asvar
    return node if is_open else FixedSentence(node)


@register.tag
def blocktranslate(parser: Parser, token: Token) -> Node:
    node = i18n.do_block_translate(parser, token)
    is_open = node.extra_context or node.countervar or node.message_context or node.asvar
    has_values = any(part.token_type == TokenType.VAR for part in node.singular)
    return node if is_open or has_values else FixedSentence(node)
