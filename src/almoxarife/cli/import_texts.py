"""What the person at the terminal reads about files that are imported."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from almoxarife.features.imports.rules import Fault, UnusableFile
from almoxarife.i18n import N_, _, format_quantity

FAULTS = {
    "empty": N_("is empty"),
    "encoding": N_("is not UTF-8; save the file as “CSV UTF-8”"),
    "invisible": N_("has a character that cannot be shown, such as a line break"),
    "too_long": N_("may have at most {maximum} characters"),
    "unknown_product": N_("there is no such product in use: “{value}”"),
    "fraction": N_("must be a whole number, without decimals"),
    "not_number": N_("must be a whole number such as 50 or 1.234"),
    "not_positive": N_("must be more than zero"),
    "too_large": N_("may be at most {maximum}"),
    "not_uuid": N_("must be a UUID; the id of a product belongs in a column “produto_id”"),
    "id_conflict": N_("belongs to an entry with other content that is registered already"),
    "contradiction": N_("stands in line {other} with other content"),
    "not_gtin": N_("must be a GTIN: 8, 12, 13 or 14 digits"),
    "check_digit": N_("has a wrong check digit; the last one should be {digit}"),
    "label_of_scale": N_("is the label of one weighed piece; the product has number {value} at the scale"),
    "reserved_code": N_("reads like a label of the shop's own; write it otherwise, such as {value}"),
    "code_in_use": N_("belongs to “{name}” ({product_id}) already"),
    "code_twice": N_("stands in line {other} too, at another product"),
    "unusable_product": N_("cannot be given: “{value}” is not in use"),
    "not_decimal": N_("must be a number such as 50, 2,5 or 1.234"),
    "too_many_decimals": N_("may have at most {maximum} decimals"),
    "unknown_place": N_("there is no such place in use: “{value}”"),
    "several_places": N_("several places have this name; write what they are in, too: Depósito / {value}"),
    "no_level": N_("is empty, and so are the others; say at least one of minimo, alvo and maximo"),
    "levels_contradict": N_("is less than “{lower}”"),
    "quotes": N_("the quotation marks do not fit together"),
    "extra_cells": N_("it has {found} cells, but there are {expected} columns"),
}
FILES = {
    "empty_file": N_("the file is empty."),
    "workbook": N_("this is a spreadsheet, not CSV. Save it as “CSV UTF-8”."),
    "utf_16": N_("the file is UTF-16. Save it as “CSV UTF-8”."),
    "no_header": N_(
        "the first line must name the columns: nome for products; produto_id (or produto) and quantidade for "
        "entries; produto and minimo, alvo or maximo for levels. It has: {found}"
    ),
    "no_column": N_("for {kind} the column “{column}” is missing in the first line."),
    "column_twice": N_("the column “{column}” stands twice in the first line."),
    "quotes": N_("line {line}: quotation marks that do not fit together; from there on rows cannot be told."),
    "too_many_rows": N_("it has more than {maximum} rows."),
    "again_with_ids": N_(
        "--de-novo is for files without the column id: the id tells whether an entry is new."
    ),
}


# The system's own words for these are English.
_SYSTEM = {
    errno.ENOENT: N_("the file does not exist."),
    errno.EISDIR: N_("this is a folder, not a file."),
    errno.EACCES: N_("this user may not read it, or may not write beside it."),
    errno.ENOSPC: N_("no room is left on the disk."),
    errno.EROFS: N_("nothing can be written beside it: the folder can only be read."),
}


def sentence(fault: Fault) -> str:
    """Return what is wrong with a row: its line, the column and the reason."""
    line = format_quantity(fault.line)
    if not fault.column:
        return _("Line {line}: {reason}.").format(line=line, reason=reason(fault))
    return _("Line {line}, column {column}: {reason}.").format(
        line=line, column=fault.column, reason=reason(fault)
    )


def reason(fault: Fault) -> str:
    """Return why a row cannot be imported, without its place."""
    return _(FAULTS[fault.reason]).format_map(_shown(fault.parameters))


def refusal(name: str, error: UnusableFile) -> str:
    """Return why a file cannot be imported at all."""
    text = _(FILES[str(error.parameters["reason"])]).format_map(_shown(error.parameters))
    return _("{file}: {reason}").format(file=name, reason=text)


def system_refusal(name: str, error: OSError) -> str:
    """Return why a file cannot be read, or what is written about it cannot be kept."""
    known = _SYSTEM.get(error.errno or 0)
    text = _(known) if known is not None else str(error.strerror)
    return _("{file}: {reason}").format(file=name, reason=text)


def _shown(parameters: Mapping[str, object]) -> dict[str, object]:
    """Return what a sentence shows: numbers in the Brazilian form, and of texts only what can be seen."""
    return {
        name: format_quantity(value)
        if isinstance(value, int)
        else "".join(character if character.isprintable() else "�" for character in str(value))
        for name, value in parameters.items()
    }
