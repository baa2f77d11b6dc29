"""Rules of partners: ids, and the numbers by which the tax office knows people (CPF) and firms (CNPJ)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from almoxarife import names
from almoxarife.errors import DomainError, InvalidField
from almoxarife.ids import number_in

KINDS = ("fornecedor", "cliente", "ambos")
MAX_NAME = 120
MAX_NOTES = 2_000
MAX_EMAIL = 120
MAX_PHONE = 40
MAX_DOCUMENT = 40
_SIGNS = re.compile(r"[.\-/ ]")
_CPF = re.compile("[0-9]{11}")
_CNPJ = re.compile("[0-9A-Z]{12}[0-9]{2}")


class PartnerNotFound(DomainError):
    """No partner has this id: ``partner_id``."""


class PartnerInactive(DomainError):
    """A partner is not used any more: ``name``."""


class InvalidDocument(DomainError):
    """A text is neither a CPF nor a CNPJ: its length or a check digit is wrong."""


class DocumentInUse(DomainError):
    """Another partner has this CPF or CNPJ: ``document``, ``name`` and ``partner_id`` of the one who has it."""


def number_of(partner_id: str) -> int | None:
    """Return the number in an id (``t7`` → 7), or None where the text is no partner's id."""
    return number_in(partner_id, "t")


def check_kind(text: str) -> str:
    """Return what a partner is to the shop. Raises InvalidField."""
    if text not in KINDS:
        raise InvalidField(field="tipo", reason="not_one_of", options=", ".join(KINDS))
    return text


def check_notes(text: str) -> str:
    """Return the kept form of the notes on a partner. Raises InvalidField."""
    return names.check_notes(text, "observacoes", MAX_NOTES)


def bare_document(text: str) -> str:
    """Return a document without the signs that people write into it, in capitals."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text[:MAX_DOCUMENT])).upper()


def check_document(text: str) -> str:
    """Return a CPF or CNPJ as it is kept: without signs, in capitals. Raises InvalidDocument.

    The CNPJ may have letters, as the tax office gives them out from July 2026 on.
    """
    bare = bare_document(text)
    right = len(text) <= MAX_DOCUMENT and (_is_cpf(bare) or _is_cnpj(bare))
    # The sums of 000…0 and 111…1 come out right, and nobody has them.
    if not right or len(set(bare)) == 1:
        raise InvalidDocument
    return bare


def written_document(bare: str) -> str:
    """Return a kept document as people write it: 123.456.789-09, 12.ABC.345/01DE-35."""
    if len(bare) == 11:
        return f"{bare[:3]}.{bare[3:6]}.{bare[6:9]}-{bare[9:]}"
    return f"{bare[:2]}.{bare[2:5]}.{bare[5:8]}/{bare[8:12]}-{bare[12:]}"


def _is_cpf(bare: str) -> bool:
    """Weights 10 to 2 for the first check digit, 11 to 2 for the second."""
    if not _CPF.fullmatch(bare):
        return False
    values = _values(bare)
    return all(_check_digit(values[:n], range(n + 1, 1, -1)) == values[n] for n in (9, 10))


def _is_cnpj(bare: str) -> bool:
    """Weights 2 to 9 from the right, again and again; a letter counts as its code in ASCII less 48, as digits do.

    Receita Federal, Instrução Normativa RFB nº 2.229/2024 and Nota Técnica conjunta COCAD/SUARA nº 49/2024.
    """
    if not _CNPJ.fullmatch(bare):
        return False
    values = _values(bare)
    return all(
        _check_digit(values[:n], [2 + place % 8 for place in reversed(range(n))]) == values[n]
        for n in (12, 13)
    )


def _values(bare: str) -> list[int]:
    return [ord(character) - 48 for character in bare]


def _check_digit(values: Sequence[int], weights: Sequence[int]) -> int:
    """Modulo 11: what is left to 11, and 0 for 10 and 11."""
    rest = sum(value * weight for value, weight in zip(values, weights, strict=True)) % 11
    return 0 if rest < 2 else 11 - rest
