"""Where something stands in a source: the section of its outline, the paragraph, the sentence."""

from django import forms
from django.utils.translation import gettext_lazy as _


def check_place(form: forms.ModelForm) -> None:
    """The section is of the source and has the paragraph; a section alone says which source."""
    cleaned = form.cleaned_data
    source, section, paragraph = (cleaned.get(name) for name in ("source", "section", "paragraph"))
    if section is not None and source is None:
        cleaned["source"] = section.source
        form.errors.pop("source", None)
    elif section is not None and section.source_id != source.pk:
        form.add_error("section", _("This section is in the outline of another source."))
        return
    if paragraph is not None and section is None:
        form.add_error("section", _("Say in which section the paragraph stands."))
    elif paragraph is not None and not 1 <= paragraph <= section.paragraphs:
        words = _("This section has %(count)s paragraphs.") % {"count": section.paragraphs}
        form.add_error("paragraph", words)
    if cleaned.get("sentence") is not None and paragraph is None:
        form.add_error("paragraph", _("Say in which paragraph the sentence stands."))


class PlacedForm(forms.ModelForm):
    """A piece of identity that a source gives: an alias, a party, a place."""

    def clean(self):
        cleaned = super().clean()
        check_place(self)
        return cleaned
