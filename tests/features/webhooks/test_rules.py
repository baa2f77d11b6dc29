"""Which addresses may be told, how what is sent is signed, and when it is tried again."""

from __future__ import annotations

import pytest

from almoxarife.errors import DomainError, InvalidField
from almoxarife.features.webhooks.rules import (
    BadAddress,
    OwnNetwork,
    Target,
    check_addresses,
    check_topics,
    pause_after,
    signature,
    target_of,
)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://loja.example.com/avisos", Target(True, "loja.example.com", 443, "/avisos")),
        ("http://loja.example.com", Target(False, "loja.example.com", 80, "/")),
        ("http://Loja.example.com:8080/a?b=c%20d", Target(False, "loja.example.com", 8080, "/a?b=c%20d")),
        ("https://[2001:db8::1]:8443/", Target(True, "2001:db8::1", 8443, "/")),
        ("https://bücher.example/", Target(True, "xn--bcher-kva.example", 443, "/")),
    ],
)
def test_addresses(url: str, target: Target) -> None:
    assert target_of(url) == target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "loja.example.com",
        "ftp://loja.example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///avisos",
        "https://loja.example.com:0/",
        "https://loja.example.com:99999/",
        "https://loja.example.com:porta/",
        "https://banco.example.com@10.0.0.1/",
        "https://admin:1234@loja.example.com/",
        "https://loja.example.com/a b",
        "https://loja.example.com/\r\nHost: outra",
        "https://loja.example.com/ação",
        "https://loja.example.com\\@10.0.0.1/",
        "https://loja.example.com/#a",
        "https://[fe80::1%25eth0]/",
        "https://[::1/",
        "https://" + "a" * 70 + ".example.com/",
    ],
)
def test_addresses_that_cannot_be(url: str) -> None:
    with pytest.raises(BadAddress):
        target_of(url)


def test_an_address_that_is_too_long() -> None:
    with pytest.raises(InvalidField) as refusal:
        target_of("https://loja.example.com/" + "a" * 500)
    assert refusal.value.parameters["field"] == "url"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
    ],
)
def test_the_own_network(address: str) -> None:
    with pytest.raises(OwnNetwork):
        check_addresses("loja.example.com", ["8.8.8.8", address], ())


def test_the_public_internet_and_what_is_allowed() -> None:
    check_addresses("loja.example.com", ["8.8.8.8", "2606:4700:4700::1111"], ())
    check_addresses("caixa.local", ["10.0.0.7"], ("CAIXA.local",))
    check_addresses("outra", ["10.0.0.7", "::ffff:10.9.9.9"], ("caixa.local", "10.0.0.0/8"))
    check_addresses("outra", ["192.168.0.9"], ("192.168.0.9",))
    with pytest.raises(OwnNetwork):
        check_addresses("outra", ["10.0.0.7", "192.168.0.9"], ("10.0.0.0/8",))


def test_a_signature_that_another_program_made() -> None:
    """Computed with OpenSSL: ``printf '1764000000.{"a":1}' | openssl dgst -sha256 -hmac segredo``."""
    expected = "t=1764000000,v1=d8ccfc94da1a7342da8bbab105e008319239a668fa5599f7ba0b61b9b49fb085"
    assert signature("segredo", 1_764_000_000, b'{"a":1}') == expected


def test_pauses_grow_up_to_an_hour() -> None:
    pauses = [pause_after(failures) // 1_000_000 for failures in (1, 2, 3, 4, 10, 11, 1_000_000)]
    assert pauses == [5, 10, 20, 40, 2_560, 3_600, 3_600]


def test_topics() -> None:
    assert check_topics(["movimentos", "alertas", "movimentos"]) == "alertas movimentos"
    for wrong in ([], ["vendas"]):
        with pytest.raises(DomainError):
            check_topics(wrong)
