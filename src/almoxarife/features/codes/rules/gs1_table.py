"""The application identifiers of the GS1 system, as data.

GS1 General Specifications, section 3.2, and https://ref.gs1.org/ai/ (January 2026): which identifiers there are,
what is behind each, and the data title by which the standard names it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

# Identifier (or a range of them), what is behind it, data title. What is behind it: pieces joined by +, the last one
# in brackets where it may be missing. N: digits, D: a day as YYMMDD (day 00: the month's last), X: the 82 characters
# of the standard, Y: the 39, Z: the 64 of base64 in addresses; then exactly so many characters, or ..at the most.
# c: the last one is a check digit.
_TABLE = """
00 N18c SSCC
01 N14c GTIN
02 N14c CONTENT
03 N14c MTO GTIN
10 X..20 BATCH/LOT
11 D6 PROD DATE
12 D6 DUE DATE
13 D6 PACK DATE
15 D6 BEST BEFORE or BEST BY
16 D6 SELL BY
17 D6 USE BY or EXPIRY
20 N2 VARIANT
21 X..20 SERIAL
22 X..20 CPV
235 X..28 TPX
240 X..30 ADDITIONAL ID
241 X..30 CUST. PART No.
242 N..6 MTO VARIANT
243 X..20 PCN
250 X..30 SECONDARY SERIAL
251 X..30 REF. TO SOURCE
253 N13c+[X..17] GDTI
254 X..20 GLN EXTENSION COMPONENT
255 N13c+[N..12] GCN
30 N..8 VAR. COUNT
3100-3105 N6 NET WEIGHT (kg)
3110-3115 N6 LENGTH (m)
3120-3125 N6 WIDTH (m)
3130-3135 N6 HEIGHT (m)
3140-3145 N6 AREA (m²)
3150-3155 N6 NET VOLUME (l)
3160-3165 N6 NET VOLUME (m³)
3200-3205 N6 NET WEIGHT (lb)
3210-3215 N6 LENGTH (in)
3220-3225 N6 LENGTH (ft)
3230-3235 N6 LENGTH (yd)
3240-3245 N6 WIDTH (in)
3250-3255 N6 WIDTH (ft)
3260-3265 N6 WIDTH (yd)
3270-3275 N6 HEIGHT (in)
3280-3285 N6 HEIGHT (ft)
3290-3295 N6 HEIGHT (yd)
3300-3305 N6 GROSS WEIGHT (kg)
3310-3315 N6 LENGTH (m), log
3320-3325 N6 WIDTH (m), log
3330-3335 N6 HEIGHT (m), log
3340-3345 N6 AREA (m²), log
3350-3355 N6 VOLUME (l), log
3360-3365 N6 VOLUME (m³), log
3370-3375 N6 KG PER m²
3400-3405 N6 GROSS WEIGHT (lb)
3410-3415 N6 LENGTH (in), log
3420-3425 N6 LENGTH (ft), log
3430-3435 N6 LENGTH (yd), log
3440-3445 N6 WIDTH (in), log
3450-3455 N6 WIDTH (ft), log
3460-3465 N6 WIDTH (yd), log
3470-3475 N6 HEIGHT (in), log
3480-3485 N6 HEIGHT (ft), log
3490-3495 N6 HEIGHT (yd), log
3500-3505 N6 AREA (in²)
3510-3515 N6 AREA (ft²)
3520-3525 N6 AREA (yd²)
3530-3535 N6 AREA (in²), log
3540-3545 N6 AREA (ft²), log
3550-3555 N6 AREA (yd²), log
3560-3565 N6 NET WEIGHT (troy oz)
3570-3575 N6 NET VOLUME (oz)
3600-3605 N6 NET VOLUME (qt)
3610-3615 N6 NET VOLUME (gal.)
3620-3625 N6 VOLUME (qt), log
3630-3635 N6 VOLUME (gal.), log
3640-3645 N6 VOLUME (in³)
3650-3655 N6 VOLUME (ft³)
3660-3665 N6 VOLUME (yd³)
3670-3675 N6 VOLUME (in³), log
3680-3685 N6 VOLUME (ft³), log
3690-3695 N6 VOLUME (yd³), log
37 N..8 COUNT
3900-3909 N..15 AMOUNT
3910-3919 N3+N..15 AMOUNT
3920-3929 N..15 PRICE
3930-3939 N3+N..15 PRICE
3940-3943 N4 PRCNT OFF
3950-3955 N6 PRICE/UoM
400 X..30 ORDER NUMBER
401 X..30 GINC
402 N17c GSIN
403 X..30 ROUTE
410 N13c SHIP TO LOC
411 N13c BILL TO
412 N13c PURCHASE FROM
413 N13c SHIP FOR LOC
414 N13c LOC No.
415 N13c PAY TO
416 N13c PROD/SERV LOC
417 N13c PARTY
420 X..20 SHIP TO POST
421 N3+X..9 SHIP TO POST
422 N3 ORIGIN
423 N3+N..12 COUNTRY - INITIAL PROCESS
424 N3 COUNTRY - PROCESS
425 N3+N..12 COUNTRY - DISASSEMBLY
426 N3 COUNTRY - FULL PROCESS
427 X..3 ORIGIN SUBDIVISION
4300 X..35 SHIP TO COMP
4301 X..35 SHIP TO NAME
4302 X..70 SHIP TO ADD1
4303 X..70 SHIP TO ADD2
4304 X..70 SHIP TO SUB
4305 X..70 SHIP TO LOC
4306 X..70 SHIP TO REG
4307 X2 SHIP TO COUNTRY
4308 X..30 SHIP TO PHONE
4309 N20 SHIP TO GEO
4310 X..35 RTN TO COMP
4311 X..35 RTN TO NAME
4312 X..70 RTN TO ADD1
4313 X..70 RTN TO ADD2
4314 X..70 RTN TO SUB
4315 X..70 RTN TO LOC
4316 X..70 RTN TO REG
4317 X2 RTN TO COUNTRY
4318 X..20 RTN TO POST
4319 X..30 RTN TO PHONE
4320 X..35 SRV DESCRIPTION
4321 N1 DANGEROUS GOODS
4322 N1 AUTH LEAVE
4323 N1 SIG REQUIRED
4324 D6+N4 NBEF DEL DT
4325 D6+N4 NAFT DEL DT
4326 D6 REL DATE
4330 N6+[X1] MAX TEMP F
4331 N6+[X1] MAX TEMP C
4332 N6+[X1] MIN TEMP F
4333 N6+[X1] MIN TEMP C
7001 N13 NSN
7002 X..30 MEAT CUT
7003 D6+N4 EXPIRY TIME
7004 N..4 ACTIVE POTENCY
7005 X..12 CATCH AREA
7006 D6 FIRST FREEZE DATE
7007 D6+[D6] HARVEST DATE
7008 X..3 AQUATIC SPECIES
7009 X..10 FISHING GEAR TYPE
7010 X..2 PROD METHOD
7011 D6+[N4] TEST BY DATE
7020 X..20 REFURB LOT
7021 X..20 FUNC STAT
7022 X..20 REV STAT
7023 X..30 GIAI - ASSEMBLY
7030-7039 N3+X..27 PROCESSOR #
7040 N1+X3 UIC+EXT
7041 X..4 UFRGT UNIT TYPE
710 X..20 NHRN PZN
711 X..20 NHRN CIP
712 X..20 NHRN CN
713 X..20 NHRN DRN
714 X..20 NHRN AIM
715 X..20 NHRN NDC
716 X..20 NHRN AIC
717 X..20 NHRN SRN
7230-7239 X2+X..28 CERT #
7240 X..20 PROTOCOL
7241 N2 AIDC MEDIA TYPE
7242 X..25 VCN
7250 N8 DOB
7251 N12 DOB TIME
7252 N1 BIO SEX
7253 X..40 FAMILY NAME
7254 X..40 GIVEN NAME
7255 X..10 SUFFIX
7256 X..90 FULL NAME
7257 X..70 PERSON ADDR
7258 N1+X1+N1 BIRTH SEQUENCE
7259 X..40 BABY
8001 N14 DIMENSIONS
8002 X..20 CMT No.
8003 N14c+[X..16] GRAI
8004 X..30 GIAI
8005 N6 PRICE PER UNIT
8006 N14c+N4 ITIP
8007 X..34 IBAN
8008 D6+N2+[N..4] PROD TIME
8009 X..50 OPTSEN
8010 Y..30 CPID
8011 N..12 CPID SERIAL
8012 X..20 VERSION
8013 X..25 GMN
8014 X..25 MUDI
8017 N18c GSRN - PROVIDER
8018 N18c GSRN - RECIPIENT
8019 N..10 SRIN
8020 X..25 REF No.
8026 N14c+N4 ITIP CONTENT
8030 Z..90 DIGSIG
8040 N15 IMEI
8041 N15 IMEI2
8042 N32 ESIM
8043 N18+[N..2] PSIM
8110 X..70 Coupon code identification for use in North America
8111 N4 POINTS
8112 X..70 Positive offer file coupon code identification for use in North America
8200 X..70 PRODUCT URL
90 X..30 INTERNAL
91-99 X..90 INTERNAL
"""
# Identifiers that begin so have a length that everybody knows; behind all others stands FNC1, but at the end
# (figure 7.8.5-2).
PREDEFINED = frozenset({*(f"{number:02d}" for number in (*range(5), *range(11, 21), *range(31, 37))), "41"})
_PIECE = re.compile(r"(\[?)([NDXYZ])(\.\.)?([0-9]+)(c?)\]?")


class Piece(NamedTuple):
    """A part of what is behind an identifier; ``kind`` as in the table."""

    kind: str
    least: int
    most: int
    is_optional: bool
    has_check_digit: bool


class Identifier(NamedTuple):
    """An application identifier: its digits, data title, and what is behind it."""

    digits: str
    title: str
    pieces: tuple[Piece, ...]

    @property
    def least(self) -> int:
        """How many characters are behind it at least."""
        return sum(0 if piece.is_optional else piece.least for piece in self.pieces)

    @property
    def most(self) -> int:
        """How many characters are behind it at the most."""
        return sum(piece.most for piece in self.pieces)

    @property
    def is_predefined(self) -> bool:
        """Whether its length is known without FNC1 behind it."""
        return self.digits[:2] in PREDEFINED


def _identifiers() -> Mapping[str, Identifier]:
    found = {}
    for line in _TABLE.strip().splitlines():
        which, behind, title = line.split(" ", 2)
        pieces = tuple(_piece(*match.groups()) for match in map(_PIECE.fullmatch, behind.split("+")) if match)
        first, _, last = which.partition("-")
        for number in range(int(first), int(last or first) + 1):
            digits = f"{number:0{len(first)}d}"
            found[digits] = Identifier(digits, title, pieces)
    return found


def _piece(bracket: str, kind: str, dots: str | None, length: str, check: str) -> Piece:
    most = int(length)
    return Piece(kind, 1 if dots else most, most, bool(bracket), bool(check))


IDENTIFIERS = _identifiers()
# How many digits an identifier has is told by its first two.
LENGTHS = {digits[:2]: len(digits) for digits in IDENTIFIERS}
