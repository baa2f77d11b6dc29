"""How a route finds the service it speaks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from flask import Flask, current_app

from almoxarife.routing.present import taken

_KEY = "almoxarife_services"
Service = TypeVar("Service")


def provide(app: Flask, *services: object) -> None:
    """Make services known to the routes of an app, each by its class."""
    app.extensions[_KEY] = {type(service): service for service in services}


def all_provided(app: Flask) -> Mapping[type, Any]:
    """Return the services in an app, by their classes."""
    found: Mapping[type, Any] = app.extensions[_KEY]
    return found


def provided(app: Flask, kind: type[Service]) -> Service:
    """Return the service of a class in an app."""
    found: Service = all_provided(app)[kind]
    return found


def service(kind: type[Service]) -> Service:
    """Return the service of a class in the app that answers the present request."""
    one = taken()
    if one is None:
        return provided(current_app, kind)
    found: Service = one.services[kind]
    return found
