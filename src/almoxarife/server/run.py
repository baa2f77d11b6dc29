"""Start the API, and the live feed beside it, and serve until asked to stop."""

from __future__ import annotations

import multiprocessing
import os
import socket
from collections.abc import Callable
from functools import partial

import click
from flask import Flask

from almoxarife import certificates, logs
from almoxarife.clock import shop_zone
from almoxarife.config import ConfigError, Settings
from almoxarife.i18n import _
from almoxarife.server import granian_server, waitress_server
from almoxarife.server.app import create_app
from almoxarife.server.copy_keeper import CopyKeeper
from almoxarife.server.feed_keeper import FeedKeeper, FeedPort
from almoxarife.server.watching import present_request_id
from almoxarife.server.worker_keeper import NeverListened
from almoxarife.storage import schema
from almoxarife.storage.database import Database

_SERVERS = {"granian": granian_server.serve, "waitress": waitress_server.serve}


def run(settings: Settings) -> int:
    """Prepare the database and serve the API; return 0 after a stop that was asked for, 1 when it never came to serve.

    Raises a DomainError when the database cannot be used, ConfigError for an unknown time zone.
    """
    logs.configure(present_request_id)
    # What the server writes is for its user alone, whatever the folder's other rights.
    os.umask(0o077)
    try:
        shop_zone()
    except ValueError:
        value = os.environ["ALMOXARIFE_FUSO"][:80]
        raise ConfigError(setting="fuso", value=value, reason="zone") from None
    database = Database(settings.database_url)
    try:
        schema.prepare(database)
    finally:
        database.close()
    certificate = certificates.prepare(settings)
    click.echo(_("The API is at {address}; Ctrl-C ends it.").format(address=settings.address))
    for address in certificates.elsewhere(settings):
        click.echo(_("From other computers: {address}").format(address=address))
    if certificate is not None:
        click.echo(_("Fingerprint of this server: {fingerprint}").format(fingerprint=certificate.fingerprint))
    elif settings.on_network:
        click.echo(
            _("WARNING: nothing is encrypted; whoever shares the network can read passwords."), err=True
        )
    feed_port = FeedPort()
    # Before the feed is started, which is a copy of this process, too, and while nothing else goes on here.
    load = loading(settings, feed_port)
    keeper = FeedKeeper(settings, feed_port)
    keeper.start()
    copies = CopyKeeper(settings)
    copies.start()
    try:
        _SERVERS[settings.http_server](settings, _ip_address(settings.host), load, certificate)
    except NeverListened as refusal:
        click.echo(
            _(
                "PROBLEM: the process that serves ended {times} times before it could serve; what is above says why."
            ).format_map(refusal.parameters),
            err=True,
        )
        return 1
    finally:
        copies.stop()
        keeper.stop()
    return 0


def loading(settings: Settings, feed_port: FeedPort) -> Callable[[Settings], Flask]:
    """Return what returns the app, to be called in the process that serves it.

    Where that is a copy of this one, the app is made here and now, and is in every such copy: to make it touches
    much of what is imported, and what is touched in a copy is shared no longer. Nothing of the database is opened.
    """
    if multiprocessing.get_start_method() != "fork":
        return partial(load, feed_port)
    app = load(feed_port, settings)
    return lambda _settings: app


def load(feed_port: FeedPort, settings: Settings) -> Flask:
    """Return a new app."""
    return create_app(settings, feed_port.get)


def _ip_address(host: str) -> str:
    return str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])
