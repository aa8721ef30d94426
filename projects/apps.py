"""The application's name, and what stands ready after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from tracker import checks  # noqa: F401 (registers the checks of the frame)
from tracker.threads import hold_by_thread


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self):
        hold_by_thread()
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="projects")


def after_migrate(sender, using, **kwargs):
    # By name: models cannot be imported while the applications are still loading.
    import_string("projects.accounts.setup.set_up")(using)
