"""What several kinds of records have alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from almoxarife.client.errors import Refused
from almoxarife.desktop.cadastro.record.kind import RecordAction
from almoxarife.i18n import N_
from almoxarife.names import search_form

T = TypeVar("T")


def matches(searched: str, *texts: str) -> bool:
    """Tell whether every word searched is in the texts, whatever accents, case and order."""
    within = search_form(" ".join(texts))
    return all(word in within for word in search_form(searched).split())


def wrong(field: str, text: str) -> Refused:
    """Return what is wrong with a field, found out here, as the server would say it."""
    return Refused(text, status=400, code="campo_invalido", field=field)


def switches(
    is_active: Callable[[T], bool], set_active: Callable[[T, bool], object]
) -> tuple[RecordAction[T], ...]:
    """Return the actions that let a thing be used, or no more."""
    return (
        RecordAction(
            "deactivate",
            N_("Deactivate"),
            applies=is_active,
            run=lambda one: set_active(one, False),
            done=N_("{name}: no longer in use."),
        ),
        RecordAction(
            "reactivate",
            N_("Use again"),
            applies=lambda one: not is_active(one),
            run=lambda one: set_active(one, True),
            done=N_("{name}: in use again."),
        ),
    )


def removal(remove: Callable[[T], object]) -> RecordAction[T]:
    """Return the action that takes a thing away."""
    return RecordAction(
        "remove", N_("Remove"), applies=lambda one: True, run=remove, done=N_("{name}: removed.")
    )
