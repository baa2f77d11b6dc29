"""A scanner is told from fingers by speed, in time that the test makes up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from almoxarife.desktop.cadastro.scanning.burst import GAP_MS, SEPARATOR, Burst, Key, is_certain

from .fakes import FakeTimer

CODE = "7891000315507"


class Keyboard:
    """A field with the keyboard, and keys that are pressed so many milliseconds after each other."""

    def __init__(self) -> None:
        self.timer = FakeTimer()
        self.scanned: list[str] = []
        # What reached the field, in order.
        self.typed: list[str] = []
        self.burst: Burst[str] = Burst(self.timer, scanned=self.scanned.append, give_back=self._give_back)
        self._at_ms = 1_000

    def press(self, *names: str, after_ms: int, plain: bool = True) -> None:
        for name in names:
            self._at_ms += after_ms
            self.timer.pass_seconds(after_ms / 1_000)
            character = "\r" if name == "Return" else name if len(name) == 1 else ""
            if not self.burst.press(Key(character, name, self._at_ms, "field", plain=plain)):
                self.typed.append(name)

    def rest(self) -> None:
        self.timer.pass_seconds(1)

    def _give_back(self, keys: Sequence[Key[str]]) -> None:
        self.typed += [key.character for key in keys]


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


@pytest.mark.parametrize("after_ms", [0, 1, 10, GAP_MS])
@pytest.mark.parametrize("end", ["Return", "KP_Enter", "Tab"])
def test_a_fast_burst_with_an_end_is_a_scan_of_which_nothing_is_typed(
    keyboard: Keyboard, after_ms: int, end: str
) -> None:
    keyboard.press(*CODE, end, after_ms=after_ms)
    keyboard.rest()
    assert (keyboard.scanned, keyboard.typed) == ([CODE], [])


@pytest.mark.parametrize("label", ["l2", "V3", "p12"])
@pytest.mark.parametrize("after_ms", [0, 5, GAP_MS])
def test_a_label_of_the_shop_is_a_scan_however_short(keyboard: Keyboard, label: str, after_ms: int) -> None:
    keyboard.press(*label, "Return", after_ms=after_ms)
    assert (keyboard.scanned, keyboard.typed) == ([label], [])
    for other in ("12", "l", "x2", "v0"):
        keyboard.press(*other, "Return", after_ms=after_ms)
        keyboard.rest()
    assert keyboard.scanned == [label]


@pytest.mark.parametrize("after_ms", [GAP_MS + 1, 60, 400])
def test_what_fingers_type_is_typed(keyboard: Keyboard, after_ms: int) -> None:
    keyboard.press(*CODE, "Return", after_ms=after_ms)
    assert (keyboard.scanned, keyboard.typed) == ([], [*CODE, "Return"])


def test_a_character_is_not_held_back_for_long(keyboard: Keyboard) -> None:
    keyboard.press("a", after_ms=100)
    assert keyboard.typed == []
    keyboard.timer.pass_seconds(0.045)
    assert keyboard.typed == ["a"]


def test_two_keys_that_meet_by_chance_are_typed_in_order(keyboard: Keyboard) -> None:
    keyboard.press("1", after_ms=200)
    keyboard.press("2", "Return", after_ms=5)
    assert (keyboard.scanned, keyboard.typed) == ([], ["1", "2", "Return"])


def test_three_characters_are_no_scan_and_four_are(keyboard: Keyboard) -> None:
    keyboard.press("x", "1", "2", "Return", after_ms=2)
    assert (keyboard.scanned, keyboard.typed) == ([], ["x", "1", "2", "Return"])
    keyboard.press("p", "1", "2", "3", "Return", after_ms=2)
    assert keyboard.scanned == ["p123"]


def test_a_burst_that_ends_without_enter_was_no_scan(keyboard: Keyboard) -> None:
    keyboard.press(*CODE, after_ms=3)
    keyboard.rest()
    assert (keyboard.scanned, "".join(keyboard.typed)) == ([], CODE)
    keyboard.press("Return", after_ms=3)
    assert keyboard.typed[-1] == "Return"


def test_what_was_typed_before_a_scan_is_typed_first(keyboard: Keyboard) -> None:
    keyboard.press("5", after_ms=100)
    keyboard.press(*CODE, "Return", after_ms=31)
    assert keyboard.scanned == []
    keyboard.press("5", after_ms=100)
    keyboard.timer.pass_seconds(0.050)
    keyboard.press(CODE[0], after_ms=60)
    keyboard.press(*CODE[1:], "Return", after_ms=3)
    assert keyboard.scanned == [CODE]
    assert keyboard.typed[-1] == "5"


def test_scans_follow_each_other_without_a_pause(keyboard: Keyboard) -> None:
    for _number in range(3):
        keyboard.press(*CODE, "Return", after_ms=3)
    assert (keyboard.scanned, keyboard.typed) == ([CODE] * 3, [])


def test_a_line_feed_after_the_return_belongs_to_the_scan(keyboard: Keyboard) -> None:
    keyboard.press(*CODE, "Return", "Linefeed", after_ms=3)
    assert (keyboard.scanned, keyboard.typed) == ([CODE], [])
    keyboard.press("Return", after_ms=200)
    assert keyboard.typed == ["Return"]


def test_the_separator_of_gs1_comes_as_a_character_or_as_a_key(keyboard: Keyboard) -> None:
    for separator, plain in (("F8", True), ("bracketright", False), (SEPARATOR, False)):
        keyboard.press(*"10A1", after_ms=3)
        keyboard.press("Control_L", after_ms=1)
        keyboard.press(separator, after_ms=1, plain=plain)
        keyboard.press("Shift_L", *"21X9", "Return", after_ms=3)
    assert keyboard.scanned == [f"10A1{SEPARATOR}21X9"] * 3
    assert set(keyboard.typed) == {"Control_L", "Shift_L"}


def test_f8_by_itself_and_keys_with_control_stay_what_they_are(keyboard: Keyboard) -> None:
    keyboard.press("F8", after_ms=3)
    keyboard.press("a", "c", "d", "e", "Return", after_ms=3, plain=False)
    assert (keyboard.scanned, keyboard.typed) == ([], ["F8", "a", "c", "d", "e", "Return"])


def test_another_key_within_a_burst_makes_it_none(keyboard: Keyboard) -> None:
    keyboard.press(*"12345", "BackSpace", "Return", after_ms=3)
    assert (keyboard.scanned, keyboard.typed) == ([], [*"12345", "BackSpace", "Return"])


def test_keys_that_no_keyboard_sent_are_let_through(keyboard: Keyboard) -> None:
    for name in (*CODE, "Return"):
        assert not keyboard.burst.press(Key(name, name, 0, "field"))


def test_a_window_that_was_busy_still_sees_a_scan(keyboard: Keyboard) -> None:
    """The wait is over, and the keys that came meanwhile are seen only then."""
    keyboard.press(*CODE[:6], after_ms=3)
    keyboard.timer.pass_seconds(0.036)
    keyboard.press(*CODE[6:], "Return", after_ms=0)
    assert (keyboard.scanned, keyboard.typed) == ([CODE], [])


@pytest.mark.parametrize("text", ["Parafuso 10mm", "1500", "24/11/2026", "11999998888", "NF 12345678"])
def test_a_program_that_types_for_people_is_taken_for_fingers(keyboard: Keyboard, text: str) -> None:
    keyboard.press(*text, "Return", after_ms=12)
    assert (keyboard.scanned, keyboard.typed) == ([], [*text, "Return"])
    keyboard.press(*text, "Return", after_ms=4)
    assert keyboard.scanned == [text]


def test_a_clock_with_coarse_ticks_tells_a_scanner_all_the_same(keyboard: Keyboard) -> None:
    for character in "AB12":
        keyboard.press(character, after_ms=0)
    keyboard.press("C", after_ms=16)
    keyboard.press("3", "Return", after_ms=0)
    assert keyboard.scanned == ["AB12C3"]


# GTINs of the GS1 General Specifications and of goods in the shop.
@pytest.mark.parametrize(
    "text",
    ["7891000315507", "96385074", "036000291452", "10614141543219", "]C1011789", "10A\x1d", "LOTE-2026A"],
)
def test_what_is_certain_to_be_a_code(text: str) -> None:
    assert is_certain(text)


@pytest.mark.parametrize("text", ["7891000315508", "1500", "12345678901", "PARAFUSO", "Lote-2026a", "A1"])
def test_what_may_as_well_be_words_or_a_number(text: str) -> None:
    assert not is_certain(text)
