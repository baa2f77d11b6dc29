"""Words for people: message ids are English, what is shown is Brazilian Portuguese.

The catalogues ``locale/<language>/<area>.po`` are compiled when first needed
(Babel), so what is committed is what is shown. A message that the catalogue
lacks is logged as an error and shown in English; a test makes that impossible
to commit. ``ALMOXARIFE_IDIOMA=en`` shows the message ids themselves.
"""

from __future__ import annotations

import gettext
import io
import logging
import os
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

DEFAULT_LANGUAGE = "pt_BR"
_LOCALE_FOLDER = Path(__file__).parent / "locale"
_logger = logging.getLogger(__name__)


def language() -> str:
    """Return the language of this process: ``pt_BR`` unless ``ALMOXARIFE_IDIOMA`` says ``en``."""
    return "en" if os.environ.get("ALMOXARIFE_IDIOMA", "").startswith("en") else DEFAULT_LANGUAGE


class _Missing(gettext.NullTranslations):
    """Last resort of a catalogue: the English id, loudly."""

    def gettext(self, message: str) -> str:
        _logger.error("untranslated message: %r", message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        _logger.error("untranslated message: %r", msgid1)
        return msgid1 if n == 1 else msgid2


def load_catalogue(language_code: str) -> gettext.NullTranslations:
    """Compile and merge every ``.po`` file of a language."""
    if language_code == "en":
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged: gettext.GNUTranslations | None = None
    for path in sorted((_LOCALE_FOLDER / language_code).glob("*.po")):
        compiled = io.BytesIO()
        with path.open("rb") as source:
            write_mo(compiled, read_po(source, locale=language_code))
        compiled.seek(0)
        part = gettext.GNUTranslations(compiled)
        if merged is None:
            merged = part
        else:
            # Every file of one language has the same plural rule, so the tables can be joined.
            merged._catalog.update(part._catalog)  # type: ignore[attr-defined]
    if merged is None:
        return _Missing()
    merged.add_fallback(_Missing())
    return merged


@lru_cache(maxsize=2)
def _catalogue(language_code: str) -> gettext.NullTranslations:
    return load_catalogue(language_code)


def _(message: str) -> str:
    """Return the message in the language of this process."""
    return _catalogue(language()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form of a message that goes with ``n`` things."""
    return _catalogue(language()).ngettext(singular, plural, n)


def N_(message: str) -> str:
    """Mark a message for translation where a table holds it; ``_`` translates it when shown."""
    return message


def format_quantity(quantity: Decimal | int) -> str:
    """Return a quantity as Brazilians write it, without trailing zeros: ``1.234,5``."""
    from babel.numbers import format_decimal

    return format_decimal(quantity, format="#,##0.####", locale=language())


def format_money(amount: Decimal | int) -> str:
    """Return an amount of money as Brazilians write it, with two decimals or up to four: ``R$ 1.234,50``."""
    from babel.numbers import format_decimal

    return f"R$ {format_decimal(amount, format='#,##0.00##', locale=language())}"


def format_time(moment: datetime) -> str:
    """Return the local time of day of an aware instant, ``10:42:07``."""
    return f"{moment.astimezone():%H:%M:%S}"


def format_day(day: str) -> str:
    """Return a day such as ``2026-11-24`` as it is written, ``24/11/2026``."""
    return f"{date.fromisoformat(day):%d/%m/%Y}"


def format_date_time(moment: datetime) -> str:
    """Return local date and time of an aware instant, ``24/11/2026 10:42:07``."""
    return f"{moment.astimezone():%d/%m/%Y %H:%M:%S}"
