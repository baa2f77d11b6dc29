"""A product in a form that has no list of all of them: typed by its name or its code."""

from __future__ import annotations

import re
from collections.abc import Callable

from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.records.common import wrong
from almoxarife.i18n import _
from almoxarife.names import fold

_PRODUCT_ID = re.compile(r"(?:.*\()?(p[0-9]+)\)?")
# As many as tell that a text means several products.
_SOME = 10


def product_text(product_id: str, name: str) -> str:
    """Return a product as it stands in a field, nothing for none."""
    return f"{name} ({product_id})" if product_id else ""


def product_typed(text: str, field: str, search: Callable[[str, int], list[Product]]) -> str:
    """Return the id of the product that is meant, empty for none. Raises Refused when no one product is meant."""
    named = _PRODUCT_ID.fullmatch(text)
    if named or not text:
        return named[1] if named else ""
    found = search(text, _SOME)
    exact = [one for one in found if fold(one.name) == fold(text)] or found
    if not exact:
        raise wrong(field, _("No product is called like that."))
    if len(exact) > 1:
        raise wrong(field, _("Several products are called like that. Type the code of one, such as p7."))
    return exact[0].id
