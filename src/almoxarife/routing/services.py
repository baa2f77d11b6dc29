"""How a route finds the service it speaks for."""

from __future__ import annotations

from typing import TypeVar

from flask import Flask, current_app

_KEY = "almoxarife_services"
Service = TypeVar("Service")


def provide(app: Flask, *services: object) -> None:
    """Make services known to the routes of an app, each by its class."""
    app.extensions[_KEY] = {type(service): service for service in services}


def provided(app: Flask, kind: type[Service]) -> Service:
    """Return the service of a class in an app."""
    found: Service = app.extensions[_KEY][kind]
    return found


def service(kind: type[Service]) -> Service:
    """Return the service of a class in the app that answers the present request."""
    return provided(current_app, kind)
