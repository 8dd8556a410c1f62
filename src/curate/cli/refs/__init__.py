"""`curate refs`: know the papers that the records cite; one file a command."""

from importlib import import_module

import click

from curate.cli.common import Commands

_COMMANDS = {
    "check": "Ask PubMed again, and say what changed.",
    "fetch": "Get what PubMed says of the papers that are cited.",
    "import": "Take references from a file.",
    "status": "Show what is known of each paper.",
}


class _Commands(Commands):
    """Import a command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"{__name__}.{cmd_name}{'_' if cmd_name == 'import' else ''}")
        command: click.Command = module.command
        return command


@click.command("refs", cls=_Commands, short_help="Know the papers that the records cite.")
def command() -> None:
    """Keep, for every paper that the records cite, what PubMed says of it as of a date.

    Only these commands use the network, and they speak to PubMed alone. Everything that is kept is
    checked offline by `curate validate`.
    """
