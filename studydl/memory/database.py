"""The file: opened, kept durable, asked by named statements, every failure told in one sentence."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from studydl.errors import StudyError
from studydl.memory.failures import explained
from studydl.memory.migrations import changed_migrations, is_behind, migrate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Database", "reader"]

_QUERIES = Path(__file__).parent / "sql" / "queries.sql"
_HEADING = "-- name: "
_OLDEST_SQLITE = (3, 38, 0)  # the first with strict tables and JSON in every build

Values: TypeAlias = "Mapping[str, object] | Sequence[object]"


@cache
def _queries() -> dict[str, str]:
    """Return every statement of ``queries.sql`` by its name."""
    sections = _QUERIES.read_text("utf-8").split(_HEADING)[1:]
    named = (section.partition("\n") for section in sections)
    return {name.strip(): statement for name, _, statement in named}


class Database:
    """An open log file.

    Attributes:
        path: Where it is.
        rollbacks: How many transactions failed; what was written in them is not there.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.rollbacks = 0
        self._connection = connection

    @classmethod
    def open(cls, path: Path, *, now_ms: int, patience_s: float) -> Database:
        """Open the file, making it and its folder if need be.

        Args:
            path: The file.
            now_ms: The time, for the note that a migration leaves.
            patience_s: How long to wait for another process that writes.

        Raises:
            StudyError: The file cannot be used; it says why. The file is not touched.
        """
        _require_sqlite()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StudyError(
                f"this folder cannot be made: {error.strerror}",
                where=str(path.parent),
                hint="make it yourself, or set STUDYDL_HOME to a folder that can be written",
            ) from error
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(path, timeout=patience_s, isolation_level=None)
            # FULL: an acknowledged review must survive a power cut, not only a crash.
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            guard = partial(_back_up, path, now_ms)
            migrate(connection, path, now_ms=now_ms, patience_s=patience_s, before=guard)
        except BaseException as error:
            if connection is not None:
                connection.close()
            if isinstance(error, sqlite3.Error):
                raise explained(error, path) from error
            raise
        return cls(path, connection)

    @classmethod
    def open_to_read(cls, path: Path, *, patience_s: float) -> Database:
        """Open the file without ever writing to it, whatever its schema.

        Args:
            path: The file.
            patience_s: How long to wait for another process that writes.

        Raises:
            StudyError: The file cannot be read, or is not ours; it says why.
        """
        _require_sqlite()
        connection: sqlite3.Connection | None = None
        try:
            connection = reader(path, patience_s)
            if is_behind(connection, path):
                # What an older schema lacks is made in a copy.
                copy = sqlite3.connect(":memory:", isolation_level=None)
                connection.backup(copy)
                connection.close()
                connection = copy
                migrate(connection, path, now_ms=0, patience_s=patience_s)
            connection.execute("PRAGMA query_only = ON")
        except BaseException as error:
            if connection is not None:
                connection.close()
            if isinstance(error, sqlite3.Error):
                raise explained(error, path) from error
            raise
        return cls(path, connection)

    def close(self) -> None:
        """Close the file. What was recorded is on disk already."""
        self._connection.close()

    def rows(self, name: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a named statement."""
        try:
            return self._connection.execute(_queries()[name], values).fetchall()
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    def stream(self, name: str, values: Values = ()) -> Iterator[tuple[Any, ...]]:
        """Go through the rows of a named statement, none of them held; see ``snapshot``."""
        try:
            yield from self._connection.execute(_queries()[name], values)
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    def row(self, name: str, values: Values = ()) -> tuple[Any, ...] | None:
        """Return the first row of a named statement, or None."""
        rows = self.rows(name, values)
        return rows[0] if rows else None

    def ids(self, name: str, values: Values = ()) -> list[str]:
        """Return all ids of a named statement that gives them as one JSON list.

        A row for each would take several times as long.
        """
        found: list[str] = json.loads(self.rows(name, values)[0][0])
        return found

    def version(self) -> tuple[int, int]:
        """Return what changes when another connection wrote, or a transaction of this one failed.

        What was read stays true, but for what this connection wrote, as long as it is the same.
        """
        version: int = self.rows("data version")[0][0]
        return version, self.rollbacks

    def write(self, name: str, values: Values = ()) -> None:
        """Carry out a named statement."""
        self.rows(name, values)

    def write_many(self, name: str, values: Iterable[Values]) -> None:
        """Carry out a named statement once for each of ``values``."""
        try:
            self._connection.executemany(_queries()[name], values)
        except sqlite3.Error as error:
            raise explained(error, self.path) from error

    @contextmanager
    def unindexed(self, table: str) -> Iterator[None]:
        """Fill a table without its indexes, inside a transaction; they are made anew at the end."""
        indexes = self.rows("indexes", {"table": table})
        for name, _ in indexes:
            self._execute(f"DROP INDEX {name}")
        yield
        for _, definition in indexes:
            self._execute(definition)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do everything inside or nothing; on disk when it ends without an error.

        The write lock is taken at once, so that what is read inside is what is written upon.
        Inside another transaction it is a part of that one.
        """
        if self._connection.in_transaction:
            yield
            return
        with self._begun("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Do everything inside or nothing, within a transaction that goes on either way."""
        self._execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._execute("ROLLBACK TO attempt")
            raise
        finally:
            if self._connection.in_transaction:
                self._execute("RELEASE attempt")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read everything inside as of one moment, while others may write."""
        with self._begun("BEGIN"):
            yield

    def integrity(self) -> list[str]:
        """Return what is wrong with the file, in SQLite's words; an empty list if nothing is."""
        try:
            with self.snapshot():
                found = [row[0] for row in self._connection.execute("PRAGMA integrity_check")]
                orphans = self._connection.execute("PRAGMA foreign_key_check").fetchall()
                changed = changed_migrations(self._connection)
        except sqlite3.DatabaseError as error:
            # Some damage keeps SQLite from finishing its own check.
            return [str(error)]
        problems = [] if found == ["ok"] else found
        problems += [f"row {row} of {table} names no {parent}" for table, row, parent, _ in orphans]
        return problems + [f"migration {name} is not the one shipped" for name in changed]

    @contextmanager
    def _begun(self, how: str) -> Iterator[None]:
        self._execute(how)
        try:
            yield
            self._execute("COMMIT")
        except BaseException:
            self.rollbacks += 1
            # A full disk makes SQLite roll back by itself.
            if self._connection.in_transaction:
                self._execute("ROLLBACK")
            raise

    def _execute(self, statement: str) -> None:
        try:
            self._connection.execute(statement)
        except sqlite3.Error as error:
            raise explained(error, self.path) from error


def reader(path: Path, patience_s: float) -> sqlite3.Connection:
    """Return a connection to a file that cannot write to it."""
    place = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(place, timeout=patience_s, isolation_level=None, uri=True)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        # In a folder that cannot be written, SQLite cannot set up what readers share. A log that
        # nobody has open can do without.
        journal = path.with_name(f"{path.name}-wal")
        if not path.is_file() or (journal.exists() and journal.stat().st_size):
            raise
        return sqlite3.connect(f"{place}&immutable=1", isolation_level=None, uri=True)
    return connection


def _back_up(path: Path, now_ms: int) -> None:
    """Keep a copy of what a migration will change."""
    from studydl.memory.backups import make
    from studydl.memory.clock import from_ms

    make(path.parent, now=from_ms(now_ms))


def _require_sqlite() -> None:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StudyError(
            f"this Python comes with SQLite {sqlite3.sqlite_version}, too old for the log",
            hint="use a Python whose SQLite is 3.38 or newer",
        )
