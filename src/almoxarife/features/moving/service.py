"""What can be done: move everything from one database to another. Owns the transactions."""

from __future__ import annotations

from contextlib import closing

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from almoxarife.features.moving import rules, store
from almoxarife.features.moving.rules import Watch
from almoxarife.features.verification.service import verify_everything, verify_rows
from almoxarife.ledger.verify import Report
from almoxarife.storage import schema
from almoxarife.storage.database import Database

# Who goes on writing to the source is followed so many times.
_ROUNDS = 5


def move(source_url: str, target_url: str, watch: Watch) -> Report:
    """Move everything to a database that nobody has used yet; return what is the same on both sides at the end.

    A move that was interrupted goes on where it was. No program uses the target before everything is there, every
    value was compared, and chain and balances were proved on both sides. The source is only read.
    Raises SameDatabase, TargetNotEmpty, SourceNotRight, SourceGrows, SidesDiffer, SchemaOutdated, SchemaTooNew,
    MoveUnfinished, NotOurDatabase, ConfigError, Unavailable, OSError.
    """
    with closing(Database(source_url)) as source, closing(Database(target_url, bulk=True)) as target:
        if _is_same(source, target):
            raise rules.SameDatabase()
        watch.begin("verify", 0)
        report = verify_everything(source)
        if report.findings:
            raise rules.SourceNotRight(count=len(report.findings))
        _begin(target)
        for _round in range(_ROUNDS):
            with source.snapshot() as there:
                _copy(there, target, watch)
                _compare(there, target, watch)
                end = store.end(there)
            watch.begin("verify", 0)
            moved = verify_rows(target)
            if moved.findings:
                raise rules.SidesDiffer(table="movement")
            with source.snapshot() as there:
                if store.end(there) == end:
                    schema.end_move(target)
                    return moved
        raise rules.SourceGrows()


def _is_same(source: Database, target: Database) -> bool:
    here, there = source.sqlite_path(), target.sqlite_path()
    if here is not None and there is not None:
        return here.resolve() == there.resolve()
    return source.engine.url == target.engine.url


def _begin(target: Database) -> None:
    """Make the target's tables; go on with a move that has begun. Raises TargetNotEmpty."""
    try:
        schema.check(target)
    except (schema.NoDatabase, schema.MoveUnfinished):
        pass
    except schema.SchemaOutdated as refusal:
        # A database without a table is one of the oldest version.
        if refusal.parameters["found"]:
            raise
    else:
        with target.snapshot() as connection:
            used = store.first_with_rows(connection)
        if used is not None:
            raise rules.TargetNotEmpty(table=used)
    # What every database is born with may have another name at the source, or be gone there.
    schema.begin_move(target, store.clear)


def _copy(there: Connection, target: Database, watch: Watch) -> None:
    """Make every table of the target what the snapshot has. Raises SidesDiffer."""
    tables = store.tables()
    with target.snapshot() as here:
        kept = store.append_only(here)
    watch.begin("copy", sum(store.count(there, table) for table in tables))
    for table in tables:
        try:
            if store.grows_at_its_end(table, kept):
                _append(there, target, table, kept, watch)
            else:
                _align(there, target, table, kept, watch)
        except IntegrityError as fault:
            # An earlier attempt brought something that is at odds with what the source has now.
            raise rules.SidesDiffer(table=table.name) from fault
    for table in reversed(tables):
        if not store.grows_at_its_end(table, kept):
            _prune(there, target, table)
    with target.unit_of_work() as connection:
        store.index_products(connection)


def _append(
    there: Connection, target: Database, table: store.Moved, kept: frozenset[str], watch: Watch
) -> None:
    with target.snapshot() as here:
        after = store.last_key(here, table)
        watch.step(store.count(here, table))
    for page in store.pages(there, table, after):
        with target.unit_of_work() as connection:
            store.add(connection, table, page, kept)
        watch.step(len(page))


def _align(
    there: Connection, target: Database, table: store.Moved, kept: frozenset[str], watch: Watch
) -> None:
    for page in store.pages(there, table):
        with target.unit_of_work() as connection:
            store.align(connection, table, page, kept)
        watch.step(len(page))
    if store.names_itself(table, kept):
        for page in store.pages(there, table):
            with target.unit_of_work() as connection:
                store.point(connection, table, page)


def _prune(there: Connection, target: Database, table: store.Moved) -> None:
    """Take out what an earlier attempt brought and the source no longer has. Raises SidesDiffer."""
    with target.snapshot() as here:
        gone = store.strangers(there, here, table)
    try:
        with target.unit_of_work() as connection:
            store.remove(connection, table, gone)
    except IntegrityError as fault:
        raise rules.SidesDiffer(table=table.name) from fault


def _compare(there: Connection, target: Database, watch: Watch) -> None:
    watch.begin("compare", sum(store.count(there, table) for table in store.tables()))
    with target.snapshot() as here:
        for rows in store.compare(there, here):
            watch.step(rows)
