"""What is to be written into a file, told by the ending of its name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from almoxarife.i18n import _

Format = TypeVar("Format", bound=StrEnum)


class WrongEnding(Exception):
    """A file's name ends as none of the formats; its text is a sentence that names them."""


def format_of(target: Path, formats: type[Format]) -> Format:
    """Return the format whose name is the ending of a file's name. Raises WrongEnding."""
    ending = target.suffix[1:].lower()
    if ending in set(formats):
        return formats(ending)
    endings = ", ".join(f".{one}" for one in formats)
    raise WrongEnding(_("The file's name must end in one of these: {endings}.").format(endings=endings))
