"""Messages for people: where the source says them, and what the catalogues answer."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from .sources import PACKAGE, Source, package_sources

# Function of almoxarife.i18n → how many of its first arguments are messages.
MARKS = {"_": 1, "N_": 1, "ngettext": 2}


@dataclass(frozen=True)
class Said:
    """A message as the source has it: singular, and plural where it has one."""

    ids: tuple[str, ...]
    where: str


class NotLiteral(Exception):
    """A message that is put together before it is translated: no catalogue can hold it."""


def messages_of(source: Source) -> Iterator[Said]:
    """Yield the messages of a source.

    ``_`` may also look a message up that ``N_`` marked elsewhere. Raises NotLiteral for anything else.
    """
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS):
            continue
        arguments = node.args[: MARKS[node.func.id]]
        texts = tuple(
            argument.value
            for argument in arguments
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        )
        if len(texts) == MARKS[node.func.id]:
            yield Said(texts, f"{source.where}:{node.lineno}")
        elif node.func.id != "_" or not isinstance(arguments[0], (ast.Name, ast.Attribute, ast.Subscript)):
            raise NotLiteral(f"{source.where}:{node.lineno}")


@lru_cache(maxsize=1)
def all_messages() -> tuple[Said, ...]:
    """Return every message of the package."""
    return tuple(said for source in package_sources() for said in messages_of(source))


@lru_cache(maxsize=1)
def catalogues() -> dict[str, list[Message]]:
    """Return the entries of each Brazilian catalogue, by the name of its file; obsolete ones too."""
    found = {}
    for path in sorted((PACKAGE / "locale" / "pt_BR").glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale="pt_BR", abort_invalid=True)
        found[path.name] = [entry for entry in [*catalogue, *catalogue.obsolete.values()] if entry.id]
    return found


def ids_of(entry: Message) -> tuple[str, ...]:
    """Return singular and plural of an entry as the source has them."""
    return tuple(entry.id) if isinstance(entry.id, (tuple, list)) else (entry.id,)


def translations_of(entry: Message) -> tuple[str, ...]:
    """Return the Portuguese forms of an entry."""
    forms = entry.string if isinstance(entry.string, (tuple, list)) else (entry.string,)
    return tuple(form or "" for form in forms)


def placeholders(text: str) -> set[str]:
    """Return the names in braces. Raises ValueError for a brace that is not closed."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
