"""Keys for reads: all of them, in few different lengths."""

from __future__ import annotations

import pytest

from almoxarife.storage.keys import filled_up, reads


@pytest.mark.parametrize(
    ("many", "lengths"),
    [
        (0, []),
        (1, [1]),
        (2, [2]),
        (3, [4]),
        (257, [512]),
        (512, [512]),
        (513, [512, 1]),
        (1_300, [512, 512, 512]),
    ],
)
def test_every_key_is_in_a_part_and_parts_have_few_lengths(many: int, lengths: list[int]) -> None:
    found = list(reads(range(many)))
    assert [len(part) for part in found] == lengths
    assert {key for part in found for key in part} == set(range(many))


def test_what_fills_a_part_up_is_its_last_key() -> None:
    assert filled_up(["a", "b", "c"]) == ("a", "b", "c", "c")
