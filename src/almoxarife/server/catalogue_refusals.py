"""What people read of errors about units, categories, products, their pictures, and partners."""

from __future__ import annotations

from http import HTTPStatus

from almoxarife.errors import DomainError
from almoxarife.features.categories import rules as categories
from almoxarife.features.partners import rules as partners
from almoxarife.features.pictures import rules as pictures
from almoxarife.features.products import rules as products
from almoxarife.features.products.conversion_rules import NoConversion
from almoxarife.features.units import rules as units
from almoxarife.i18n import N_
from almoxarife.server.refusal import Refusal

_S = HTTPStatus
CATALOGUE_REFUSALS: dict[type[DomainError], Refusal] = {
    units.UnitExists: Refusal(
        _S.CONFLICT, "unidade_existente", N_("The unit {code} exists already: {name}."), "codigo"
    ),
    units.UnitNotFound: Refusal(
        _S.NOT_FOUND, "unidade_inexistente", N_("There is no unit “{code}”. Create it first."), "unidade"
    ),
    units.NoDecimals: Refusal(
        _S.BAD_REQUEST,
        "unidade_sem_decimais",
        N_("{unit} is counted in whole numbers. Use a quantity without decimals."),
        "quantidade",
    ),
    units.TooManyDecimals: Refusal(
        _S.BAD_REQUEST,
        "unidade_sem_decimais",
        N_("A quantity in {unit} may have at most {decimals} decimals."),
        "quantidade",
    ),
    NoConversion: Refusal(
        _S.CONFLICT,
        "unidade_sem_conversao",
        N_("“{name}” is kept in {stock_unit}, and nobody has said how many are in one {unit}."),
        "unidade",
    ),
    categories.CategoryExists: Refusal(
        _S.CONFLICT, "categoria_existente", N_("There is a category “{name}” in this place already."), "nome"
    ),
    categories.CategoryNotFound: Refusal(
        _S.NOT_FOUND, "categoria_inexistente", N_("There is no category “{category_id}”.")
    ),
    categories.CategoryInsideItself: Refusal(
        _S.CONFLICT,
        "categoria_dentro_de_si",
        N_("“{name}” cannot lie inside “{parent}”, which lies inside it. Choose another place."),
        "pai_id",
    ),
    categories.TreeTooDeep: Refusal(
        _S.CONFLICT,
        "categoria_funda_demais",
        N_("Categories go down {maximum} levels at the most. Choose a place further up."),
        "pai_id",
    ),
    products.ProductInactive: Refusal(
        _S.CONFLICT,
        "produto_inativo",
        N_("“{name}” is not in use any more. Reactivate it or choose another product."),
        "produto_id",
    ),
    products.ProductMerged: Refusal(
        _S.CONFLICT,
        "produto_unido",
        N_("“{name}” was merged into “{other}” ({other_id}). Use that product."),
        "produto_id",
    ),
    products.ProductWithStock: Refusal(
        _S.CONFLICT,
        "produto_com_estoque",
        N_("There are still {stock} {unit} of “{name}”. Let them go out first, or adjust the stock to zero."),
    ),
    products.ProductWithConversions: Refusal(
        _S.CONFLICT,
        "produto_com_conversoes",
        N_("Other units are converted to the unit of “{name}”. Take these conversions away first."),
        "unidade",
    ),
    products.UnitTwice: Refusal(
        _S.CONFLICT,
        "unidade_repetida",
        N_("{unit} has its place already: it is the stock unit, or stands twice in the list."),
        "conversoes",
    ),
    products.MergeWithItself: Refusal(
        _S.CONFLICT,
        "produto_em_si_mesmo",
        N_("“{name}” cannot be merged into itself. Choose another product."),
        "produto_id",
    ),
    pictures.NotAPicture: Refusal(
        _S.BAD_REQUEST, "foto_invalida", N_("This is no picture in PNG, JPEG or WebP. Send another file.")
    ),
    pictures.NoPicture: Refusal(
        _S.NOT_FOUND, "produto_sem_foto", N_("The product “{product_id}” has no picture.")
    ),
    partners.PartnerNotFound: Refusal(
        _S.NOT_FOUND, "parceiro_inexistente", N_("There is no partner “{partner_id}”."), "parceiro_id"
    ),
    partners.PartnerInactive: Refusal(
        _S.CONFLICT,
        "parceiro_inativo",
        N_("“{name}” is not in use any more. Reactivate this partner or choose another one."),
        "parceiro_id",
    ),
    partners.InvalidDocument: Refusal(
        _S.BAD_REQUEST,
        "documento_invalido",
        N_("This is neither a CPF nor a CNPJ: a character is missing, or a check digit is wrong."),
        "documento",
    ),
    partners.DocumentInUse: Refusal(
        _S.CONFLICT, "documento_em_uso", N_("{document} belongs to “{name}” ({partner_id})."), "documento"
    ),
}
