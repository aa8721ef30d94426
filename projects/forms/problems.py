"""Answering a problem, and closing it with a word: one text, and which of the two."""

from django import forms

from projects.pages.form_fields import Words

REPLY, CLOSE = "reply", "close"


class WordForm(forms.Form):
    """Whether there are words, and whose they may be, is for the action to say (`reports.problems`)."""

    do = forms.ChoiceField(choices=[(REPLY, REPLY), (CLOSE, CLOSE)])
    text = Words(required=False, max_length=500)
