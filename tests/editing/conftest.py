"""People signed in, and a superuser beside the cast."""

import pytest

from projects.models import User


@pytest.fixture
def root(db) -> User:
    return User.objects.create_superuser("root")


@pytest.fixture
def as_editor(client, people):
    client.force_login(people.editor)
    return client


@pytest.fixture
def as_reviewer(client, people):
    client.force_login(people.reviewer)
    return client


@pytest.fixture
def as_root(client, root):
    client.force_login(root)
    return client
