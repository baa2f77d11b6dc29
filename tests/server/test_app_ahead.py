"""The app that is made before the process that serves it is copied."""

from __future__ import annotations

import multiprocessing
import threading
from pathlib import Path

import psutil
import pytest

from almoxarife.config import Settings
from almoxarife.server.feed_keeper import FeedPort
from almoxarife.server.run import loading
from almoxarife.storage import schema
from almoxarife.storage.database import Database


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings.from_environment(data_dir=tmp_path)
    database = Database(settings.database_url)
    schema.prepare(database)
    database.close()
    return settings


def test_it_has_nothing_that_a_copy_must_not_have(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multiprocessing, "get_start_method", lambda: "fork")
    files, threads = psutil.Process().open_files(), threading.enumerate()
    load = loading(settings, FeedPort())
    # A connection to SQLite, or a thread that holds a lock, would be of no use to anybody there.
    assert psutil.Process().open_files() == files
    assert threading.enumerate() == threads
    assert load(settings) is load(settings)


def test_a_process_that_is_no_copy_makes_its_own(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_start_method", lambda: "spawn")
    load = loading(settings, FeedPort())
    assert load(settings) is not load(settings)
