"""What people read of errors about codes and scans."""

from __future__ import annotations

from http import HTTPStatus

from almoxarife.errors import DomainError
from almoxarife.features.codes.rules import codes, gs1, printed, scale
from almoxarife.i18n import N_
from almoxarife.server.refusal import Refusal

_S = HTTPStatus
CODE_REFUSALS: dict[type[DomainError], Refusal] = {
    codes.WrongCheckDigit: Refusal(
        _S.BAD_REQUEST,
        "digito_verificador",
        N_("The check digit of {text} is wrong: the last digit should be {digit}. Read it again."),
    ),
    codes.CodeNotFound: Refusal(
        _S.NOT_FOUND,
        "codigo_desconhecido",
        N_("No product has the code “{text}”. Create the product, or give it this code."),
    ),
    printed.UnknownLabel: Refusal(
        _S.NOT_FOUND,
        "etiqueta_desconhecida",
        N_("Here is no “{text}”: this label is of another shop, or of something that was never registered."),
    ),
    printed.LabelOfPlace: Refusal(
        _S.CONFLICT,
        "etiqueta_de_local",
        N_("{text} is the label of the place “{name}”. Scan a product."),
    ),
    printed.ReservedCode: Refusal(
        _S.BAD_REQUEST,
        "codigo_reservado",
        N_("The shop's own labels carry codes like “{text}”. Write it otherwise, such as {example}."),
        "codigo",
    ),
    codes.AmbiguousCode: Refusal(
        _S.CONFLICT,
        "codigo_ambiguo",
        N_("Several suppliers have the code “{text}”: {suppliers}. Say whose goods they are."),
    ),
    codes.SupplierNotFound: Refusal(
        _S.NOT_FOUND,
        "fornecedor_inexistente",
        N_("There is no supplier “{supplier_id}”."),
        "fornecedor_id",
    ),
    codes.CodeInUse: Refusal(
        _S.CONFLICT,
        "codigo_em_uso",
        N_("The code {text} belongs to “{name}” ({product_id}). Take it away there first."),
        "codigo",
    ),
    codes.CodeNotThere: Refusal(_S.NOT_FOUND, "codigo_inexistente", N_("There is no code with this id.")),
    codes.CodeIdConflict: Refusal(
        _S.CONFLICT, "id_em_conflito", N_("This id belongs to a code with other content."), "id"
    ),
    codes.KitCode: Refusal(
        _S.CONFLICT,
        "codigo_de_kit",
        N_("The code {text} stands for several products. Register it with POST /inventario/leitura."),
    ),
    codes.LabelOfScale: Refusal(
        _S.CONFLICT,
        "etiqueta_de_balanca",
        N_("{text} is the label of one weighed piece. Give the product the number {number} of the scale."),
        "codigo",
    ),
    codes.CodeWithoutUnit: Refusal(
        _S.CONFLICT,
        "codigo_sem_unidade",
        N_("The code {text} counts in {unit}, in which “{name}” is not kept. Take the code away first."),
    ),
    scale.WrongInnerDigit: Refusal(
        _S.BAD_REQUEST,
        "digito_interno",
        N_("The check digit of the price or weight in {text} is wrong: it should be {digit}. Read it again."),
    ),
    gs1.UnknownIdentifier: Refusal(
        _S.BAD_REQUEST,
        "gs1_identificador_desconhecido",
        N_("({identifier}) is no application identifier of GS1, and one should begin there."),
    ),
    gs1.WrongLength: Refusal(
        _S.BAD_REQUEST,
        "gs1_tamanho",
        N_("({identifier}) {title} has {found} characters, and takes {expected}."),
    ),
    gs1.MissingSeparator: Refusal(
        _S.BAD_REQUEST,
        "gs1_sem_separador",
        N_(
            "Behind ({identifier}) {title} the separator FNC1 is missing: it takes at most {maximum} characters."
        ),
    ),
    gs1.RepeatedIdentifier: Refusal(
        _S.BAD_REQUEST, "gs1_repetido", N_("({identifier}) {title} stands twice in the code.")
    ),
    gs1.WrongCharacter: Refusal(
        _S.BAD_REQUEST, "gs1_caractere", N_("({identifier}) {title} cannot have the character “{character}”.")
    ),
    gs1.WrongDay: Refusal(
        _S.BAD_REQUEST,
        "gs1_data",
        N_("({identifier}) {title} is no date: {value}. It takes year, month and day, two digits each."),
    ),
    gs1.WrongDigit: Refusal(
        _S.BAD_REQUEST,
        "digito_verificador",
        N_(
            "The check digit of ({identifier}) {title} in {value} is wrong: the last digit should be {digit}."
        ),
    ),
    gs1.NotTogether: Refusal(
        _S.BAD_REQUEST, "gs1_combinacao", N_("({identifier}) and ({other}) cannot stand in the same code.")
    ),
    gs1.MissingIdentifier: Refusal(
        _S.BAD_REQUEST, "gs1_combinacao", N_("({identifier}) needs ({other}) beside it, which is missing.")
    ),
    gs1.NoProduct: Refusal(
        _S.BAD_REQUEST,
        "gs1_sem_produto",
        N_("This code names no product: it has neither (01) nor (02). Scan the code of the product."),
    ),
}
