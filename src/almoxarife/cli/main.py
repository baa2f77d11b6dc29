"""Read the command line, run the command, and say every refusal in one line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click
from click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoSuchOption,
    UsageError,
)

from almoxarife.cli.commands import cli
from almoxarife.errors import DomainError
from almoxarife.i18n import _

USAGE_STATUS = 2
FAILURE_STATUS = 1
INTERRUPTED_STATUS = 130


def run(arguments: Sequence[str]) -> int:
    """Run a command; return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets a "?", not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        status = cli.main(list(arguments), prog_name="almoxarife", standalone_mode=False)
    except ClickException as refusal:
        return _refuse(_sentence(refusal), USAGE_STATUS)
    except DomainError as refusal:
        return _refuse_as(refusal)
    except OSError as fault:
        if fault.filename is None:
            raise
        return _refuse_as(fault)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED_STATUS
    return status if isinstance(status, int) else 0


def _refuse_as(fault: DomainError | OSError) -> int:
    # Knows every feature: only a refusal is worth the time.
    from almoxarife.cli import errors

    told = errors.sentence(fault) if isinstance(fault, DomainError) else errors.file_sentence(fault)
    return _refuse(told, FAILURE_STATUS)


def _refuse(text: str, status: int) -> int:
    click.echo(f"almoxarife: {text}", err=True)
    return status


def _sentence(refusal: ClickException) -> str:
    hint = _("See: {command} --help").format(command=_command_path(refusal))
    return f"{_reason(refusal)} {hint}"


def _reason(refusal: ClickException) -> str:
    if isinstance(refusal, NoSuchOption):
        return _("There is no option {option}.").format(option=refusal.option_name)
    if isinstance(refusal, BadOptionUsage):
        return _("The option {option} needs a value.").format(option=refusal.option_name)
    if isinstance(refusal, MissingParameter):
        return _("Something is missing in the command.")
    if isinstance(refusal, BadParameter) and refusal.param is not None:
        option = "/".join(refusal.param.opts)
        return _("The value of {option} cannot be used.").format(option=option)
    context = refusal.ctx if isinstance(refusal, UsageError) else None
    if context is not None and isinstance(context.command, click.Group):
        names = ", ".join(sorted(context.command.commands))
        return _("There is no such command. Commands: {names}.").format(names=names)
    return _("The command has a word too many.")


def _command_path(refusal: ClickException) -> str:
    context = refusal.ctx if isinstance(refusal, UsageError) else None
    return context.command_path if context is not None else "almoxarife"
