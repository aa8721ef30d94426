"""Django's `i18n` library, whose sentences are translated once a language; without values escaped once, too.

Templates load it as `i18n` (`settings.TEMPLATES`); a sentence that a number changes is Django's own tag.
"""

from django.template import Library, Node
from django.template.base import Parser, Token, TokenType
from django.templatetags import i18n
from django.utils.safestring import SafeString
from django.utils.translation import gettext as translated

from projects.words.language import language
from tracker.template_source import written
from tracker.template_values import values_of

register = Library()
register.tags, register.filters = dict(i18n.register.tags), i18n.register.filters


class FixedSentence(Node):
    """Of a tag that says the same whatever the page says, there or by a name."""

    def __init__(self, node: Node):
        self.node, self.texts, self.asvar = node, {}, node.asvar
        node.asvar = None

    def render(self, context) -> str:
        spoken = language()
        if spoken not in self.texts:
            self.texts[spoken] = SafeString(self.node.render(context))
        return _said(self.texts[spoken], self.asvar, context)


class Sentence(Node):
    """With values, which it is given or finds by their names."""

    def __init__(self, node: i18n.BlockTranslateNode):
        self.node, self.texts = node, {}
        self.message, self.names = node.render_token_list(node.singular)
        self.given = values_of(node.extra_context)

    def render(self, context) -> str:
        spoken = language()
        if spoken not in self.texts:
            self.texts[spoken] = translated(self.message)
        given = {name: read(context) for name, read in self.given}
        values = {name: given[name] if name in given else context.get(name, "") for name in self.names}
        text = self.texts[spoken] % {name: written(value, context) for name, value in values.items()}
        return _said(SafeString(text), self.node.asvar, context)


def _said(text: SafeString, name: str | None, context) -> str:
    if name is None:
        return text
    context[name] = text
    return ""


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    words = node.filter_expression
    is_open = words.var.literal is None or words.filters or node.message_context
    return node if is_open else FixedSentence(node)


@register.tag
def blocktranslate(parser: Parser, token: Token) -> Node:
    node = i18n.do_block_translate(parser, token)
    if node.countervar or node.message_context:
        return node
    has_values = any(part.token_type == TokenType.VAR for part in node.singular)
    return Sentence(node) if has_values else FixedSentence(node)
