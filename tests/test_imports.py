"""Imports that stay are not looked through for garbage; and what a database of the other kind needs is not imported."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from almoxarife.imports import lasting_imports

_PROGRAM = """
import sys
import almoxarife.server.run, almoxarife.feed.run
print([name for name in sys.modules if name.startswith("sqlalchemy.dialects.postgresql")])
"""


@pytest.fixture
def looking() -> Iterator[None]:
    """Let Python look for garbage, which it does not while tests run."""
    gc.enable()
    yield
    gc.unfreeze()
    gc.disable()


@pytest.mark.usefixtures("looking")
def test_garbage_is_looked_for_again_afterwards_and_not_in_what_was_imported() -> None:
    with lasting_imports():
        assert not gc.isenabled()
        kept = [[number] for number in range(10)]
    assert gc.isenabled()
    assert not {id(one) for one in kept} & {id(one) for one in gc.get_objects()}
    assert gc.get_freeze_count() > len(kept)


@pytest.mark.usefixtures("looking")
def test_an_import_that_fails_leaves_things_as_they_were() -> None:
    with pytest.raises(ImportError), lasting_imports():
        raise ImportError
    assert gc.isenabled()


def test_who_looks_for_no_garbage_looks_for_none_afterwards() -> None:
    assert not gc.isenabled()
    with lasting_imports():
        pass
    assert not gc.isenabled()
    gc.unfreeze()


def test_sqlalchemys_part_for_postgresql_is_imported_by_who_uses_it() -> None:
    """Two megabytes, and a twentieth of the time that the API takes to start."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"
