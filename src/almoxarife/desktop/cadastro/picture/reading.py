"""Pictures read from files and from the server, made small enough to be shown; runs in threads."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from almoxarife.i18n import _

KINDS = ("PNG", "JPEG", "WEBP")
SUFFIXES = "*.png *.jpg *.jpeg *.webp"
MAX_BYTES = 1024 * 1024
# So many pixels at the most are unpacked: what claims to have more is no picture of goods.
MAX_PIXELS = 50_000_000


class BadPicture(Exception):
    """A file cannot be a picture of a product; its text says why."""


@dataclass(frozen=True)
class Picture:
    """A picture no larger than its place, and how large the kept one is."""

    image: Image.Image
    width: int
    height: int
    size_bytes: int


def read_file(path: str) -> bytes:
    """Return what is in a file. Raises BadPicture."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError:
        raise BadPicture(_("The file cannot be read: {path}").format(path=path)) from None
    if len(content) > MAX_BYTES:
        raise BadPicture(_("The picture is larger than 1 MiB. Choose a smaller one."))
    return content


def unpack(content: bytes, side: int) -> Picture:
    """Return a picture with no side longer than so many pixels. Raises BadPicture."""
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise BadPicture(_("The picture has too many pixels. Choose a smaller one."))
            image.thumbnail((side, side))
            return Picture(image.convert("RGBA"), width, height, len(content))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadPicture(_("This is no picture in PNG, JPEG or WebP. Choose another file.")) from None
