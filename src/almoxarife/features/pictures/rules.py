"""Rules of pictures: what they are is told by how they begin, not by what a client says."""

from __future__ import annotations

from almoxarife.errors import DomainError

MAX_BYTES = 1024 * 1024
PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"
MEDIA_TYPES = (PNG, JPEG, WEBP)


class NotAPicture(DomainError):
    """The content is no picture of a kind that is kept."""


class NoPicture(DomainError):
    """A product has no picture: ``product_id``."""


def media_type_of(content: bytes) -> str:
    """Return the media type of a picture.

    By the signatures of PNG (W3C PNG §5.2, with the first chunk that must follow), JPEG (ISO 10918-1 B.1.1.3: start
    of image, then a marker) and WebP (RFC 9649 §2.4). Raises NotAPicture.
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    raise NotAPicture
