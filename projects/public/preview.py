"""The square picture of a project for whoever shares its page: its name, how far it is, how old that is."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from projects.choices import Basis
from projects.claims import standings
from projects.core import fuzzy_dates
from projects.models import Project, Standing
from projects.pages import page_frame, preview_picture
from projects.pages.preview_picture import Preview
from projects.records import one_project
from projects.records.old_addresses import moved
from projects.words import dates
from projects.words.language import in_language
from projects.words.stage_words import stage_word


@page_frame.public_page()
def project_preview(request: HttpRequest, slug: str) -> HttpResponse:
    project = one_project.find(slug)
    if project is None:
        return moved(request, slug, "project_preview")
    of_it = Project.objects.filter(pk=project.pk).values("pk")
    standing = standings.rectangles_on(page_frame.clocks_of(request), of_it).first()
    return HttpResponse(preview_picture.drawn(_shown(project, standing)), content_type="image/png")


def _shown(project: Project, standing: Standing | None) -> Preview:
    """In Chinese where that can be drawn; else in English, by its number where it has no English name."""
    if preview_picture.chinese_font():
        return _in_words(in_language(project, "name"), project, standing)
    with translation.override("en"):
        return _in_words((project.name_en or project.code).replace("–", "-"), project, standing)


def _in_words(name: str, project: Project, standing: Standing | None) -> Preview:
    if standing is None:
        return Preview(_("Qijiang Project Progress"), name)
    word = stage_word(standing.stage, standing.stage_qualifier, project) if standing.stage else ""
    inferred = _(" (inferred)") if word and standing.stage_basis == Basis.INFERRED else ""
    day = dates.month_at_most(fuzzy_dates.parse(standing.last_known))
    news = _("Last report: %(day)s") % {"day": day}
    return Preview(_("Qijiang Project Progress"), name, standing.stage, word + inferred, news)
