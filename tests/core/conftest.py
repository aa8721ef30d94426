"""The rules know no data folder, no settings and no database: none is prepared for their tests."""

import pytest


@pytest.fixture(autouse=True)
def data_dir():
    return None
