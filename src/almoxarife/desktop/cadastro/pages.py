"""The pages of the work: their names, their order in the navigation, and who may use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.movements import Entry
from almoxarife.client.partners import Partner
from almoxarife.i18n import N_

PageName = Literal[
    "entry",
    "issue",
    "transfer",
    "adjustment",
    "count",
    "products",
    "product",
    "balances",
    "reservations",
    "stock_card",
    "records",
    "users",
    "labels",
    "pending",
    "analysis",
    "alerts",
    "purchases",
    "password",
]

# From the one who may only read to the one who may do everything; an unknown role of a newer server only reads.
ROLES = ("leitor", "operador", "gerente", "administrador")


@dataclass(frozen=True)
class Place:
    """A page in the navigation: its title with the letter that leads there, and the least role that uses it."""

    name: PageName
    title: str
    role: str


NAVIGATION = (
    Place("entry", N_("&Entry"), "operador"),
    Place("issue", N_("&Issue"), "operador"),
    Place("transfer", N_("&Transfer"), "operador"),
    Place("adjustment", N_("Ad&justments"), "gerente"),
    Place("products", N_("&Products"), "leitor"),
    Place("balances", N_("&Balances"), "leitor"),
    Place("stock_card", N_("&Kardex"), "leitor"),
    Place("records", N_("&Records"), "gerente"),
    Place("users", N_("&Users"), "gerente"),
    # By its number alone: each of its letters is taken.
    Place("count", N_("Count"), "operador"),
    Place("labels", N_("La&bels"), "leitor"),
    Place("analysis", N_("Analyses"), "leitor"),
    Place("alerts", N_("&Alerts"), "leitor"),
    Place("purchases", N_("Purc&hases"), "leitor"),
)

# Pages that everybody has, and that are reached from the frame of the window.
OF_EVERYBODY: tuple[PageName, ...] = ("pending", "password")

# All that there is to do without the server.
REGISTERING: tuple[PageName, ...] = ("entry", "issue", "transfer", "adjustment")

# Pages that are reached from another one, whose place in the navigation they have.
REACHED_FROM: dict[PageName, PageName] = {"product": "products", "reservations": "balances"}


def may(account: Account, role: str) -> bool:
    """Tell whether somebody has a role, or a higher one."""
    rank = ROLES.index(account.role) if account.role in ROLES else 0
    return rank >= ROLES.index(role)


def pages_of(account: Account) -> list[PageName]:
    """Return the pages that somebody may use, in the order of the navigation."""
    return [
        place.name
        for place in NAVIGATION
        if may(account, place.role) and (place.name in REGISTERING or not account.offline)
    ]


class Page:
    """What the flow tells the presenter of a page; most have nothing to do for some of it."""

    def begin(self, account: Account) -> None:
        """Take note of who works from now on."""

    def start(self) -> None:
        """Take note that the page is shown."""

    def leave(self) -> None:
        """Take note that another page is shown."""

    def reset(self) -> None:
        """Forget what somebody else had typed."""

    def resume(self) -> None:
        """Ask again, because the server is back."""

    def registered(self, entry: Entry) -> None:
        """Show a movement that nobody waited for any more."""

    def take_text(self, text: str) -> bool:
        """Take what a scanner sent as a text, where one is being filled in; return whether that is so."""
        return False

    @property
    def supplier(self) -> Partner | None:
        """Whose goods are scanned; None when nobody says so."""
        return None

    def ask_supplier(self) -> None:
        """Ask whose goods they are, because several suppliers have a code."""

    @property
    def is_sending(self) -> bool:
        """Whether something is being registered or counted."""
        return False

    @property
    def has_scanned(self) -> bool:
        """Whether something that was scanned is not with the server yet, and would be lost."""
        return False

    @property
    def farewell(self) -> str:
        """What to say to who logs out; empty for nothing."""
        return ""

    def scan(self, reading: Reading) -> bool | None:
        """Take what a scan stands for; return False when it does not count, which was said, None when unused."""
        return None
