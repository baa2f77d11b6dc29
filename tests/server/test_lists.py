"""Lists as streams: whole, empty, or cut by a fault, and then never to be taken for whole."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from almoxarife.errors import Unavailable
from almoxarife.routing.answers import stream_list


def body_of(*pages: list[str]) -> bytes:
    return stream_list(iter(pages)).get_data()


def test_a_list_of_any_number_of_pages_is_one_list() -> None:
    assert body_of() == b"[]"
    assert body_of([]) == b"[]"
    assert body_of(["1"]) == b"[1]"
    assert body_of(["1", '"ção"'], [], ["3"]) == '[1,"ção",3]'.encode()
    assert json.loads(body_of(*([str(number)] for number in range(1_000)))) == list(range(1_000))


def test_a_fault_before_the_first_page_is_a_refusal() -> None:
    def pages() -> Iterator[list[str]]:
        raise Unavailable(retry_after_s=2)
        yield []

    with pytest.raises(Unavailable):
        stream_list(pages())


def test_a_list_that_a_fault_has_cut_is_no_json() -> None:
    def pages() -> Iterator[list[str]]:
        yield ["1", "2"]
        raise Unavailable(retry_after_s=2)

    pieces = stream_list(pages()).iter_encoded()
    sent = next(iter(pieces))
    with pytest.raises(Unavailable):
        next(iter(pieces))
    assert sent == b"[1,2"
    with pytest.raises(json.JSONDecodeError):
        json.loads(sent)
