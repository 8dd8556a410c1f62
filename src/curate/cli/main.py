"""Take a call apart, run its command, and turn what went wrong into an exit code."""

import os
import sys
import traceback
from importlib import import_module
from pkgutil import iter_modules

import click

import curate.cli
from curate import __version__
from curate.refusal import Refusal
from curate.suggest import did_you_mean

CLEAN, FOUND_ERRORS, COULD_NOT_RUN, BUG = 0, 1, 2, 3
INTERRUPTED = 130


class _Commands(click.Group):
    """Import a command's module only when it is called: help and completion stay fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        modules = (module.name for module in iter_modules(curate.cli.__path__))
        return sorted(name.removesuffix("_") for name in modules if name not in {"main", "common"})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"curate.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, and guess what was meant where there is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            guess = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(f"{error.message} {guess}".strip(), ctx) from error


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="curate %(version)s")
def _group() -> None:
    """Check and export medical knowledge that is kept as YAML records in git."""


def main(argv: list[str] | None = None) -> int:
    """Run curate; return 0 clean, 1 errors found, 2 could not run, 3 a bug."""
    try:
        code = _group.main(args=argv, prog_name="curate", standalone_mode=False)
        sys.stdout.flush()
    except Refusal as refusal:
        print(f"curate: {refusal}", file=sys.stderr)
        return COULD_NOT_RUN
    except click.ClickException as error:
        error.show()
        return COULD_NOT_RUN
    except (click.Abort, KeyboardInterrupt):
        print("curate: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough of it; Python must not flush into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except Exception:  # noqa: BLE001 - whatever else comes here is a bug, and is reported as one
        traceback.print_exc()
        print(_REPORT, file=sys.stderr)
        return BUG
    return code if isinstance(code, int) else CLEAN


_REPORT = f"""
curate: this is a bug in curate {__version__}, not in your records. Nothing was changed.
Please report it with the lines above and the record that was being read, to the maintainers
named in CONTRIBUTING.md ("Reporting a bug")."""
