"""Every message is translated, and every translation is of a message that exists."""

from __future__ import annotations

from collections import Counter

import pytest

from .messages import (
    NotLiteral,
    all_messages,
    catalogues,
    ids_of,
    messages_of,
    placeholders,
    translations_of,
)
from .sources import planted


def test_every_message_is_translated() -> None:
    translated = {ids_of(entry) for entries in catalogues().values() for entry in entries}
    missing = {said.where: said.ids[0] for said in all_messages() if said.ids not in translated}
    assert len(all_messages()) > 100
    assert missing == {}


def test_no_translation_is_empty_or_unsure() -> None:
    unsure = [
        (name, entry.id)
        for name, entries in catalogues().items()
        for entry in entries
        if entry.fuzzy or not all(text.strip() for text in translations_of(entry))
    ]
    assert unsure == []


def test_a_translation_has_every_form() -> None:
    """Portuguese has two forms: of one thing, and of several."""
    wrong = [
        (name, entry.id)
        for name, entries in catalogues().items()
        for entry in entries
        if len(translations_of(entry)) != len(ids_of(entry))
    ]
    assert wrong == []


def test_a_translation_has_the_placeholders_of_its_message() -> None:
    wrong = [
        (name, entry.id, text)
        for name, entries in catalogues().items()
        for entry in entries
        for form, text in zip(ids_of(entry), translations_of(entry), strict=False)
        if placeholders(form) != placeholders(text)
    ]
    assert wrong == []


def test_no_translation_is_left_over() -> None:
    said = {message.ids for message in all_messages()}
    left_over = [
        (name, entry.id)
        for name, entries in catalogues().items()
        for entry in entries
        if ids_of(entry) not in said
    ]
    assert left_over == []


def test_no_message_is_in_two_catalogues() -> None:
    """Catalogues are merged by name of file: the last would win, unseen."""
    found = Counter(ids_of(entry)[0] for entries in catalogues().values() for entry in entries)
    assert [message for message, times in found.items() if times > 1] == []


def test_no_message_is_said_with_and_without_a_plural() -> None:
    forms = {message.ids for message in all_messages()}
    found = Counter(ids[0] for ids in forms)
    assert [message for message, times in found.items() if times > 1] == []


@pytest.mark.parametrize(
    "text",
    [
        '_(f"Hello {name}")',
        '_("Hello " + name)',
        '_("Hello {}".format(name))',
        "N_(name)",
        "ngettext(a, b, n)",
    ],
)
def test_a_message_that_is_put_together_is_refused(text: str) -> None:
    with pytest.raises(NotLiteral):
        list(messages_of(planted(text)))


def test_messages_are_found() -> None:
    text = '_("One"); N_("Two " "three"); _(TITLES[status]); ngettext("{n} thing", "{n} things", n)'
    found = [said.ids for said in messages_of(planted(text))]
    assert found == [("One",), ("Two three",), ("{n} thing", "{n} things")]
