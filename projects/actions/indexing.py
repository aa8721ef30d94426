"""What a project is found by: its names, aliases, parties and place, folded by `rules.searching`."""

from projects.models import Project
from projects.rules.searching import search_text


def index(project: Project) -> None:
    """Write the project's search text anew where it differs."""
    text = search_text(_names(project))
    if text != project.search_text:
        project.search_text = text
        Project.objects.filter(pk=project.pk).store_search_text(text)


def index_all() -> None:
    rows = Project.objects.select_related("place__parent").prefetch_related(
        "aliases", "parties__organisation"
    )
    for project in rows:
        index(project)


def _names(project: Project) -> list[str]:
    place = project.place
    names = [project.code, project.name, project.name_en, project.national_code]
    names += [alias.name for alias in project.aliases.all()]
    for party in project.parties.all():
        names += [party.organisation.name, party.organisation.name_en, *party.organisation.aliases]
    while place is not None:
        names += [place.name, place.name_en]
        place = place.parent
    return names
