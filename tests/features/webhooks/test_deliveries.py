"""What is told arrives, in order, whatever the receiver does meanwhile; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from almoxarife.features.accounts.service import Accounts
from almoxarife.features.alerts.rows import alert_text
from almoxarife.features.alerts.service import Alerts
from almoxarife.features.movements.service import Listing
from almoxarife.features.webhooks import outbox_service, rules, sending
from almoxarife.features.webhooks.outbox_service import Outbox
from almoxarife.features.webhooks.rules import (
    OwnNetwork,
    Target,
    TooManyWebhooks,
    UnknownHost,
    WebhookExists,
    WebhookNotFound,
)
from almoxarife.features.webhooks.service import Webhooks
from almoxarife.storage.database import Database
from tests.features.alerts.shop import AlertShop

from .receiver import Receiver

ID = "5f0c1a3e-8c1e-4a5e-9b2f-1d2c3b4a5f60"
INSIDE = ("127.0.0.1",)


class Told:
    """A shop that tells a receiver, step by step."""

    def __init__(self, database: Database, accounts: Accounts, receiver: Receiver) -> None:
        self.shop = AlertShop(database, accounts)
        self.outbox = Outbox(database, Listing(database, accounts), alert_text)
        self.shop.alerts.tell = self.outbox.tell
        self.webhooks = Webhooks(database, accounts, self.shop.audit, INSIDE)
        self.receiver = receiver
        self.secret = ""

    def subscribe(self, *topics: str) -> None:
        """Tell the receiver from now on."""
        self.secret = self.webhooks.create(self.shop.maria, ID, self.receiver.url, topics)[0].webhook.secret

    def send(self, *, allowed: tuple[str, ...] = INSIDE) -> int:
        """Do once what the feed's process goes on doing; return how much was sent."""
        self.outbox.fill()
        due = self.outbox.claim()
        # Nobody else sends meanwhile.
        assert self.outbox.claim() == []
        for one in due:
            which = rules.delivery_id(one.webhook, one.delivery.number)
            self.outbox.record(
                one, sending.post(one.webhook.url, one.webhook.secret, which, one.body, allowed=allowed)
            )
        return len(due)

    def state(self) -> tuple[int, int, str | None]:
        """Return how many wait, how often sending failed in a row, and why."""
        (listed,) = self.webhooks.listing()
        return listed.waiting, listed.webhook.failures, listed.webhook.trouble

    def rows(self) -> list[Any]:
        """Return the deliveries, the oldest first."""
        return self.webhooks.deliveries(ID, None, 1_000, arrived=None)[1][::-1]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def told(database: Database, accounts: Accounts, receiver: Receiver) -> Iterator[Told]:
    told = Told(database, accounts, receiver)
    yield told
    told.shop.movements.close()


def now_is(monkeypatch: pytest.MonkeyPatch, later_s: int) -> None:
    """Let time pass for the outbox."""
    from almoxarife.clock import now_us

    monkeypatch.setattr(outbox_service, "now_us", lambda: now_us() + later_s * 1_000_000)


def test_a_receiver_fails_and_then_works(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    shop, receiver = told.shop, told.receiver
    shop.move("entrada", 1)
    told.subscribe("movimentos", "alertas")
    assert told.send() == 0
    last = shop.move("entrada", 30)
    shop.level(20)
    shop.follow()
    shop.move("saida", 15)
    shop.follow()
    receiver.answers = [500, 0, 301]
    later = 0
    for failures, pause_s, trouble in ((1, 5, "500"), (2, 10, "sem_conexao"), (3, 20, "301")):
        assert told.send() == 1
        assert told.state()[1:] == (failures, trouble)
        # Not before its time.
        assert told.send() == 0
        later += pause_s + 1
        now_is(monkeypatch, later)
    assert receiver.got == []
    while told.send():
        pass
    # In the order in which it was written down, each once.
    assert [(one["evento"], len(one.get("movimentos", "1"))) for one in receiver.got] == [
        ("alertas", 1),
        ("movimentos", 2),
    ]
    assert receiver.got[0]["alerta"]["texto"].startswith("Parafuso: 16 UN em toda a loja")
    assert [row["sequencia"] for row in receiver.got[1]["movimentos"]] == [last, last + 1]
    # What came again had the same id.
    assert len({headers["Almoxarife-Entrega"] for headers in receiver.headers}) == 2
    receiver.assert_signed(told.secret)
    assert told.state() == (0, 0, None)
    assert [(row.attempts, row.status, row.body) for row in told.rows()] == [(4, 204, None), (1, 204, None)]


def test_nothing_is_lost_when_the_sender_dies(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    told.subscribe("movimentos")
    told.shop.move("entrada", 1)
    told.outbox.fill()
    (due,) = told.outbox.claim()
    assert told.send() == 0
    now_is(monkeypatch, 31)
    assert told.send() == 1
    # The one that was thought dead tells of it after all.
    told.outbox.record(due, rules.Outcome(status=500))
    assert [(row.attempts, row.status) for row in told.rows()] == [(1, 204)]
    assert told.state() == (0, 0, None)


def test_switched_off_it_waits_and_then_catches_up(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOVEMENTS_AT_ONCE", 2)
    monkeypatch.setattr(rules, "MOST_WAITING", 2)
    monkeypatch.setattr(rules, "MOST_DELIVERED", 2)
    told.subscribe("movimentos")
    told.webhooks.switch(told.shop.maria, ID, active=False)
    last = [told.shop.move("entrada", 1) for _ in range(7)][-1]
    assert told.send() == 0
    told.webhooks.switch(told.shop.maria, ID, active=True)
    told.outbox.fill()
    # What is beyond waits in the ledger, not in the outbox.
    assert told.state()[0] == 2
    while told.send():
        pass
    came = [row["sequencia"] for one in told.receiver.got for row in one["movimentos"]]
    assert came == list(range(last - 6, last + 1))
    # Old ones are forgotten when newer ones have arrived.
    assert len(told.rows()) == 3
    assert [row.number for row in told.webhooks.deliveries(ID, 4, 1, arrived=True)[1]] == [3]
    assert told.webhooks.deliveries(ID, None, 9, arrived=False)[1] == []
    actions = [row.action for row in told.shop.audit.following(0, 9)]
    assert actions == ["webhook.criar", "webhook.situacao", "webhook.situacao"]


def test_an_address_is_looked_at_each_time(told: Told) -> None:
    told.subscribe("movimentos")
    told.shop.move("entrada", 1)
    # What was allowed is not any more.
    assert told.send(allowed=()) == 1
    assert told.state() == (1, 1, "rede_interna")
    assert told.receiver.bodies == []


def test_what_is_asked_for_is_checked(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = told.shop
    made, new = told.webhooks.create(shop.maria, ID, told.receiver.url, ["alertas"])
    assert new
    assert told.webhooks.create(shop.maria, ID, told.receiver.url, ["alertas"]) == (made, False)
    with pytest.raises(WebhookExists):
        told.webhooks.create(shop.maria, ID, told.receiver.url, ["movimentos"])
    for unknown in (str(UUID(int=1)), "x"):
        with pytest.raises(WebhookNotFound):
            told.webhooks.switch(shop.maria, unknown, active=True)
    monkeypatch.setattr(rules, "MOST_WEBHOOKS", 1)
    with pytest.raises(TooManyWebhooks):
        told.webhooks.create(shop.maria, None, told.receiver.url, ["alertas"])

    def names(target: Target) -> list[str]:
        if target.host == "nenhures.example.com":
            raise UnknownHost(host=target.host)
        return ["8.8.8.8", "192.168.0.1"]

    strict = Webhooks(shop.database, shop.accounts, shop.audit, (), names)
    with pytest.raises(OwnNetwork):
        strict.create(shop.maria, None, "https://loja.example.com/", ["alertas"])
    with pytest.raises(UnknownHost):
        strict.create(shop.maria, None, "https://nenhures.example.com/", ["alertas"])
    assert len(told.webhooks.listing()) == 1


def test_who_says_nothing_is_left_alone(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "EXCHANGE_LIMIT_S", 0.3)
    receiver.answers = [-1]
    outcome = sending.post(receiver.url, "s", "d", b"{}", allowed=INSIDE)
    assert outcome == rules.Outcome(trouble="sem_resposta")
    # No certificate that anybody knows, and not even one.
    secure = receiver.url.replace("http:", "https:")
    assert sending.post(secure, "s", "d", b"{}", allowed=INSIDE).trouble in ("certificado", "sem_conexao")
    receiver.close()
    assert sending.post(receiver.url, "s", "d", b"{}", allowed=INSIDE).trouble == "sem_conexao"


def test_a_name_is_looked_up_once_and_then_only_said(receiver: Receiver) -> None:
    asked: list[str] = []

    def names(target: Target) -> list[str]:
        asked.append(target.host)
        return ["127.0.0.1"]

    url = receiver.url.replace("127.0.0.1", "loja.example.com")
    outcome = sending.post(url, "s", "d", b"{}", allowed=["loja.example.com"], resolve=names)
    assert (outcome.arrived, asked) == (True, ["loja.example.com"])
    assert receiver.headers[0]["Host"].startswith("loja.example.com:")
    assert sending.post(url, "s", "d", b"{}", allowed=(), resolve=names).trouble == "rede_interna"


def test_names_that_are_none() -> None:
    with pytest.raises(UnknownHost):
        sending.resolve(rules.target_of("https://nenhures.invalid/"))
    assert sending.resolve(rules.target_of("http://127.0.0.1:5000/")) == ["127.0.0.1"]


def test_alerts_are_written_down_with_what_raises_them(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    told.subscribe("alertas")
    told.shop.level(20)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Alerts, "listed", killed)
        with pytest.raises(KeyboardInterrupt):
            told.shop.follow()
    assert told.state()[0] == 0
    told.shop.follow(told.shop.new_follower())
    told.shop.alerts.acknowledge(told.shop.maria, "a1", "Visto")
    while told.send():
        pass
    assert [(one["alerta"]["id"], one["alerta"]["situacao"]) for one in told.receiver.got] == [
        ("a1", "aberto"),
        ("a1", "reconhecido"),
    ]
