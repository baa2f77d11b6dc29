"""A process of its own that chains the next block while this one writes: on most computers another core is free.

It knows no database and keeps nothing: a block goes to its standard input, the hashes come from its standard output,
and it ends when the input does. Whoever asks it goes on without it when it has died.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from array import array
from struct import Struct
from types import TracebackType
from typing import IO, Self

from almoxarife.ledger.rules import Head
from almoxarife.ledger.rules_block import HASH_BYTES, ID_BYTES, Block, Chained, chain_block

if sys.platform == "win32":
    _NEW_GROUP = subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _NEW_GROUP = 0

# rows, sequence and hash of the head before them, recorded at, account
_QUESTION = Struct(f"<qq{HASH_BYTES}sqq")
# How many products there are totals of.
_ANSWER = Struct("<q")
_NUMBER_BYTES = 8


class Ahead:
    """Chains blocks, each asked for before it is needed; one block is under way at a time."""

    def __init__(self, *, alone: bool = False) -> None:
        """``alone``: without another process, because there is too little to do."""
        self._process: subprocess.Popen[bytes] | None = None if alone else _start()
        self._asked: tuple[Block, Head, int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def begin(self, block: Block, before: Head, recorded_at: int) -> None:
        """Have a block chained behind a head; what was begun before must have been taken."""
        self._asked = block, before, recorded_at
        if self._process is not None:
            assert self._process.stdin is not None
            try:
                _send(self._process.stdin, block, before, recorded_at)
            except OSError:
                self._end()

    def take(self) -> Chained:
        """Return what was begun."""
        assert self._asked is not None
        (block, before, recorded_at), self._asked = self._asked, None
        if self._process is not None:
            assert self._process.stdout is not None
            try:
                return _receive(self._process.stdout, block.rows, before, recorded_at)
            except (OSError, EOFError):
                self._end()
        return chain_block(block, before, recorded_at)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                try:
                    pipe.close()
                except OSError:
                    # What had not been sent yet is not needed any more.
                    continue
            process.wait()


def _start() -> subprocess.Popen[bytes] | None:
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "almoxarife.ledger.ahead"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Ctrl-C is for the program that was called. It ends this one, too, when it wants to.
            start_new_session=sys.platform != "win32",
            creationflags=_NEW_GROUP,
        )
    except OSError:
        return None


def _send(pipe: IO[bytes], block: Block, before: Head, recorded_at: int) -> None:
    pipe.write(_QUESTION.pack(block.rows, *before, recorded_at, block.account_id))
    pipe.write(block.ids)
    pipe.write(block.products)
    pipe.write(block.quantities)
    pipe.flush()


def _receive(pipe: IO[bytes], rows: int, before: Head, recorded_at: int) -> Chained:
    (totals,) = _ANSWER.unpack(_read(pipe, _ANSWER.size))
    hashes = _read(pipe, HASH_BYTES * rows)
    products, quantities = _numbers(pipe, totals), _numbers(pipe, totals)
    return Chained(before, recorded_at, hashes, dict(zip(products, quantities, strict=True)))


def _numbers(pipe: IO[bytes], how_many: int) -> array[int]:
    numbers = array("q")
    numbers.frombytes(_read(pipe, _NUMBER_BYTES * how_many))
    return numbers


def _read(pipe: IO[bytes], size: int) -> bytes:
    """Return so many bytes. Raises EOFError when fewer come."""
    found = pipe.read(size)
    if len(found) < size:
        raise EOFError
    return found


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Chain one block after the other until no more come."""
    while len(question := questions.read(_QUESTION.size)) == _QUESTION.size:
        rows, sequence, digest, recorded_at, account = _QUESTION.unpack(question)
        ids = _read(questions, ID_BYTES * rows)
        block = Block(account, ids, _numbers(questions, rows), _numbers(questions, rows))
        chained = chain_block(block, Head(sequence, digest), recorded_at)
        answers.write(_ANSWER.pack(len(chained.totals)))
        answers.write(chained.hashes)
        answers.write(array("q", chained.totals.keys()))
        answers.write(array("q", chained.totals.values()))
        answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except (BrokenPipeError, EOFError):
        # Nobody is left to answer, nor to hear of it.
        os._exit(0)
