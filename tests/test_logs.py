"""Log lines: what comes from outside cannot make one that looks like another."""

from __future__ import annotations

import json
import logging
from io import StringIO

import pytest

from almoxarife.logs import JsonLines

FORGED = '{"level": "ERROR", "message": "everything is lost"}'
# Of everything that some program takes for the end of a line.
BREAKS = ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("line_break", BREAKS, ids=ascii)
def test_a_record_is_one_line_with_whatever_a_client_sends(line_break: str) -> None:
    said = f"x{line_break}{FORGED}"
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    fault = ValueError(said)
    exception = (ValueError, fault, None)
    handler.emit(logging.LogRecord("x", logging.ERROR, "", 1, "unknown name: %s", (said,), exception))
    [line] = stream.getvalue().splitlines()
    assert line.isascii()
    entry = json.loads(line)
    assert entry["message"] == f"unknown name: {said}"
    assert entry["exception"].endswith(said)
