"""The help of the command line in the language of this process; click's own words are English."""

from __future__ import annotations

import click

from almoxarife.i18n import _


class TranslatedCommand(click.Command):
    """A command whose help has no word of click's own."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --help with a translated remark."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this help and exit.")
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{_('Usage:')} ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what stands behind the command's name."""
        arguments = [one for one in self.get_params(ctx) if isinstance(one, click.Argument)]
        return [_("[OPTIONS]"), *(piece for one in arguments for piece in one.get_usage_pieces(ctx))]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        if records:
            with formatter.section(_("Options")):
                formatter.write_dl(records)


class TranslatedGroup(TranslatedCommand, click.Group):
    """The same for a command with commands below it."""

    command_class = TranslatedCommand

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return what stands behind the group's name."""
        return [_("[OPTIONS]"), _("COMMAND …")]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands with what each is for."""
        super().format_options(ctx, formatter)
        with formatter.section(_("Commands")):
            formatter.write_dl(
                [(name, command.help or "") for name, command in sorted(self.commands.items())]
            )
