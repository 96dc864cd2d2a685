"""The stores under test: `store` is each backend in turn, `sqlite_store` the SQLite one."""

import pytest

from tests.store.backends import BACKENDS, sqlite


@pytest.fixture(params=BACKENDS)
async def store(request, tmp_path):
    """An empty store of each kind."""
    async with BACKENDS[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture
async def sqlite_store(tmp_path):
    """An empty SQLite store, in `coach.db` in the test's folder."""
    async with sqlite(tmp_path) as opened:
        yield opened
