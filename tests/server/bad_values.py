"""Values that must be refused, by what they stand for; where a dict has JSON texts, its keys say what is wrong."""

from __future__ import annotations

UUID = "7f3b2c1e-9a4d-4e8f-b1a2-3c4d5e6f7a8b"
_DIGITS = "9" * 5_000
_LONG = "x" * 100_000

NO_TEXT = {
    "null": "null",
    "number": "5",
    "true": "true",
    "list": '["x"]',
    "object": '{"x": 1}',
    "NaN": "NaN",
}
EMPTY = {
    "empty": '""',
    "one space": '" "',
    "spaces": '"   "',
    "other spaces": '"\\u00a0\\u2003\\u3000"',
    "tab": '"\\t"',
}
INVISIBLE = {
    "NUL": '"a\\u0000b"',
    "newline": '"a\\nb"',
    "carriage return": '"a\\rb"',
    "newline at the end": '"ab\\n"',
    "tab inside": '"a\\tb"',
    "escape": '"a\\u001bb"',
    "delete": '"a\\u007fb"',
    "C1 control": '"a\\u0085b"',
    "bidi override": '"a\\u202eb"',
    "bidi isolate": '"a\\u2066b"',
    "zero width space": '"a\\u200bb"',
    "zero width joiner": '"a\\u200db"',
    "soft hyphen": '"a\\u00adb"',
    "byte order mark": '"\\ufeffab"',
    "line separator": '"a\\u2028b"',
    "paragraph separator": '"a\\u2029b"',
    "lone high surrogate": '"a\\ud800b"',
    "lone low surrogate": '"a\\udc00b"',
    "swapped pair": '"\\udc00\\ud800"',
    "private use": '"a\\ue000b"',
    "not a character": '"a\\ufffeb"',
}
UNSTORABLE = {"NUL": '"a\\u0000b"', "half a pair": '"a\\ud800"'}
PASSWORDS = {"short": '"123"', "empty": '""', "long": f'"{"x" * 1_025}"'} | UNSTORABLE

# JSON texts of numbers and of what is no number.
QUANTITIES = [
    *"NaN Infinity -Infinity 1e400 -1e400 1e999999999 1e-999999999 -1e999999999 1E+99999 1e40 1e18 1e9".split(),
    *"0 -0 -0.0 0.0 0e5 1e-9 -1 -50 0.5 1.5 49.9999 1.00001 1000000000 999999999.5".split(),
    *"9223372036854775807 9223372036854775808 true false null [] [50] {}".split(),
    '{"valor": 50}',
    _DIGITS,
    f"-{_DIGITS}",
    f"0.{'0' * 5_000}1",
]
# Inside a JSON text.
QUANTITY_TEXTS = [
    *"muitos 1.5 1,5 1.000 -5 +5 1e3 0x10 1_000 NaN Infinity 0 000 1000000000 true null \\u0000 50\\u0000".split(),
    *"١٢ \uff15\uff10 ² ⑤".split(),
    "",
    " ",
    "5 0",
    "50 un",
    _DIGITS,
]
UNKNOWN_PRODUCTS = [
    *"p2 p0 p01 P1 p-1 p1\\n 1 p pp1 p1.0 p٣ p\uff11".split(),
    " p1",
    "p1 ",
    "",
    f"p{'9' * 30}",
    _LONG,
]
IDS = [
    *f"abc {UUID[:-1]} {UUID}0 {UUID[:-1]}g {{{UUID}}} urn:uuid:{UUID} {UUID}\\n \uff17{UUID[1:]} \\u0000".split(),
    "",
    " ",
    f" {UUID}",
    UUID.replace("-", ""),
    UUID.replace("-", "_"),
    "7f3b2c1e9a4d-4e8f-b1a2-3c4d5e6f7a8b",
    "7f3b-2c1e-9a4d-4e8f-b1a2-3c4d-5e6f-7a8b",
    _LONG,
]

# In an address.
COUNTS = [
    *f"abc -1 +1 1.5 1e3 1_000 0x1 ٣ \uff11 true null {'9' * 19} {'9' * 20} {_DIGITS}".split(),
    "",
    " ",
    " 1",
    "1 ",
    "\0",
    "1\0",
]
INSTANTS = [
    *"ontem 2026-11-24 2026-11-24T03:00:00 2026-13-01T00:00:00Z 2026-02-30T00:00:00Z 2026-11-24T25:00:00Z".split(),
    *"0001-01-01T00:00:00+14:00 9999-12-31T23:59:59-14:00 10000-01-01T00:00:00Z 1764000000".split(),
    "",
    "\0",
    _DIGITS,
]

# Bodies that are no JSON, and JSON that is no object.
BROKEN = {
    "empty": b"",
    "only spaces": b"  \n",
    "cut off": b"{",
    "single quotes": b"{'nome': 'x'}",
    "trailing comma": b'{"nome": "x",}',
    "comment": b'{"nome": "x"} // nome',
    "two values": b'{"nome": "x"}{"nome": "y"}',
    "form": b"nome=x&username=x&password=1234",
    "bad UTF-8": b'{"nome": "\xff\xfe", "username": "\xe9"}',
    "overlong UTF-8": b'{"nome": "\xc0\xaf"}',
    "surrogate in UTF-8": b'{"nome": "\xed\xa0\x80"}',
    "UTF-16": '{"nome": "x"}'.encode("utf-16"),
    "UTF-8 with mark": b"\xef\xbb\xbf{}",
    "raw newline in a text": b'{"nome": "a\nb"}',
    "raw NUL": b'{"nome": "a\x00b"}',
    "100,000 lists deep": b"[" * 100_000,
    "100,000 objects deep": b'{"nome":' * 100_000,
    "100,000 lists deep and closed": b'{"nome":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
}
NO_OBJECT = {
    "list": b"[]",
    "list of a good one": b'[{"nome": "x"}]',
    "null": b"null",
    "text": b'"nome"',
    "number": b"12",
    "true": b"true",
    "NaN alone": b"NaN",
    "huge number": _DIGITS.encode(),
}
OTHER_TYPES = [
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/json",
    "*/*",
]
