"""Conditions under which a change is made (RFC 9110 §13): only to what the caller has seen."""

from __future__ import annotations

import re

from pydantic import Field

from almoxarife.contract.base import Query
from almoxarife.i18n import _

HEADER = "If-Match"
_STRONG = re.compile(r'(?<!/)"([0-9]{1,18})"')


class IfMatch(Query):
    """The header that tells which version of a thing the caller has seen, as its ``ETag`` came."""

    value: str = Field(
        alias=HEADER,
        description=_(
            "The ETag of what is to be changed, as it was read: the change is made to nothing else."
        ),
        examples=['"3"'],
    )

    @property
    def versions(self) -> frozenset[int] | None:
        """The versions that the header names; None for ``*``, which means whichever there is."""
        if self.value == "*":
            return None
        return frozenset(map(int, _STRONG.findall(self.value)))
