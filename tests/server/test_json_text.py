"""The text of a body: a JSON value, and nothing but blanks around it."""

from __future__ import annotations

import pytest

from almoxarife.errors import DuplicateKey, NotJson
from almoxarife.routing.json_body import parse


@pytest.mark.parametrize("text", ['{"a": [1]}', ' \r\n\t{"a": [1]}', '{"a": [1]} \n'])
def test_blanks_around_a_value_are_allowed(text: str) -> None:
    assert parse(text.encode()) == {"a": [1]}


@pytest.mark.parametrize(
    "text",
    ["", " ", "{", '{"a":', '{"a": 1} x', '{"a": 1}{"a": 1}', "\ufeff{}", "\u00a0{}", "nada", "[" * 100_000],
)
def test_anything_else_is_no_json(text: str) -> None:
    with pytest.raises(NotJson):
        parse(text.encode())


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', ' {"a": 1, "a": 2}'])
def test_a_key_comes_once(text: str) -> None:
    with pytest.raises(DuplicateKey):
        parse(text.encode())
