"""What must stand after every migration: append-only triggers, the table of limits, roles with rights."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connections

from projects.choices import Role
from projects.core.roles import PERMISSIONS
from projects.models import append_only


def set_up(using: str = "default") -> None:
    # Wrong tries are counted in a cache that all workers share; no migration makes its table.
    call_command("createcachetable", database=using, verbosity=0)
    append_only.install(using)
    if Group._meta.db_table in connections[using].introspection.table_names():
        make_roles(using)


def make_roles(using: str) -> None:
    """Each role has exactly the permissions that `core.roles` gives it."""
    create_permissions(apps.get_app_config("projects"), verbosity=0, using=using)
    for role in Role:
        group, _ = Group.objects.using(using).get_or_create(name=role.value)
        wanted = Permission.objects.using(using).filter(
            content_type__app_label="projects", codename__in=PERMISSIONS[role]
        )
        group.permissions.set(wanted)
