"""Log lines: what comes from outside cannot make one that looks like another."""

from __future__ import annotations

import logging
import re
from io import StringIO

import pytest

from almoxarife.log_lines import LineFormatter, visible

FORGED = "2026-11-29 10:00:00,000 ERROR almoxarife: everything is lost"
# Of everything that some program takes for the end of a line.
BREAKS = ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"]


def logged(act: str, value: object) -> list[str]:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter())
    fault = ValueError(value)
    if act == "message":
        record = logging.LogRecord("x", logging.WARNING, "", 1, "unknown name: %s", (value,), None)
    else:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "failed", (), (ValueError, fault, None))
    handler.emit(record)
    return stream.getvalue().splitlines()


@pytest.mark.parametrize("line_break", BREAKS, ids=ascii)
def test_a_message_is_one_line(line_break: str) -> None:
    [line] = logged("message", f"x{line_break}{FORGED}")
    assert line.endswith("everything is lost")
    assert "unknown name: x\\" in line


@pytest.mark.parametrize("line_break", BREAKS, ids=ascii)
def test_an_exception_stands_apart(line_break: str) -> None:
    first, *others = logged("exception", f"x{line_break}{FORGED}")
    assert re.match(r"\d{4}-\d\d-\d\d ", first)
    assert others
    assert all(line.startswith("    ") for line in others)


def test_words_stay_as_they_are() -> None:
    assert visible("Ação: 10 × “parafuso” 😀") == "Ação: 10 × “parafuso” 😀"
    assert visible("a\x1b[31mb\u202ec\ud800") == "a\\x1b[31mb\\u202ec\\ud800"
