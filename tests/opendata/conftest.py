from tests.public.conftest import built, made, today  # noqa: F401
