"""What there is to know of a kind of thing that the shop keeps, as data: how it is listed, filled in and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from almoxarife.client.codes import Reading
from almoxarife.desktop.cadastro.labels.lines import Line
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.table_column import Column

T = TypeVar("T")
FieldKind = Literal["text", "choice", "whole", "secret"]


@dataclass(frozen=True)
class Choice:
    """Something to choose: what a person reads, and what is kept."""

    label: str
    value: str


@dataclass(frozen=True)
class RecordField:
    """A field of the form: ``name`` is its key on the wire.

    ``missing`` is said when it is left empty; ``fixed`` fields cannot be changed later; ``choices`` of a
    choice come from the server, and run in a thread.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    missing: str = ""
    fixed: bool = False
    choices: Callable[[], Sequence[Choice]] | None = None


@dataclass(frozen=True)
class RecordAction(Generic[T]):
    """Something else that can be done with one: its button, whether it applies, and the call that does it."""

    name: str
    label: str
    applies: Callable[[T], bool]
    run: Callable[[T], object]
    done: str


@dataclass(frozen=True)
class RecordWords:
    """What is said of things of this kind; all are message ids."""

    title: str
    new: str
    empty: str
    saved: str
    # Under the form while none is chosen, for kinds that cannot be made here.
    hint: str = ""


@dataclass(frozen=True)
class RecordKind(Generic[T]):
    """A kind of thing; the calls run in threads.

    ``fetch`` gets what was searched, ``values`` tells what stands in the fields of one, ``create`` and
    ``change`` get what stands in them now. Without ``create`` none can be made here, without ``change`` none
    can be changed.
    """

    words: RecordWords
    columns: Sequence[Column]
    row: Callable[[T], Sequence[str]]
    name: Callable[[T], str]
    is_active: Callable[[T], bool]
    fields: Sequence[RecordField]
    fetch: Callable[[str], list[T]]
    values: Callable[[T], Mapping[str, str]]
    # What comes behind one, of what was searched; then this and ``fetch`` return at most ``listing.paged.PAGE``.
    behind: Callable[[str, T], list[T]] | None = None
    create: Callable[[Mapping[str, str]], object] | None = None
    change: Callable[[T, Mapping[str, str]], object] | None = None
    actions: Sequence[RecordAction[T]] = ()
    # What is printed on a label of one, where there are any.
    label: Callable[[T], Line] | None = None
    # The field at which is said what the server says of another one.
    said_at: Mapping[str, str] = field(default_factory=dict)
    # What is searched for when a label is scanned; empty when it is of something else.
    finds: Callable[[Reading], str] = lambda reading: ""
    # The field that takes what a scanner sends, if one does.
    scanned: str = ""
    # The field that takes one behind the other while the cursor is in it, for one that is being made.
    gathers: str = ""
    # The least role that makes them; who has less sees the list alone.
    role: str = "operador"
    # The colour of one that is in use.
    tone: Callable[[T], Tone] = lambda one: ""
