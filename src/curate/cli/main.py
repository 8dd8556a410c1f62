"""Take a call apart, run its command, and turn what went wrong into an exit code."""

import io
import re
import signal
import sys
import threading
from importlib import import_module
from pkgutil import iter_modules

import click

import curate.cli
from curate import __version__
from curate.cli.common import Commands, discard
from curate.refusal import Refusal

CLEAN, FOUND_ERRORS, COULD_NOT_RUN, BUG = 0, 1, 2, 3
INTERRUPTED = 130


class _Commands(Commands):
    """Import a command's module only when it is called: help and completion stay fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return sorted(_modules())

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """Import one command."""
        module = _modules().get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(f"curate.cli.{module}").command
        return command


def _modules() -> dict[str, str]:
    """Return the modules by their command; one whose name Python has already ends in `_`."""
    names = (module.name for module in iter_modules(curate.cli.__path__))
    return {name.removesuffix("_"): name for name in names if name not in _NO_COMMANDS}


_NO_COMMANDS = frozenset({"main", "common", "resident"})


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="curate %(version)s")
def _group() -> None:
    """Check and export medical knowledge that is kept as YAML records in git."""


def main(argv: list[str] | None = None) -> int:
    """Run curate; return 0 clean, 1 errors found, 2 could not run, 3 a bug."""
    _prepare_process()
    code = _run(argv)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        discard(sys.stdout)
    return code


def _run(argv: list[str] | None) -> int:
    try:
        code = _group.main(args=argv, prog_name="curate", standalone_mode=False)
    except Refusal as refusal:
        _tell(str(refusal))
        return COULD_NOT_RUN
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return COULD_NOT_RUN
    except click.ClickException as error:
        _tell(_sentence(error))
        return COULD_NOT_RUN
    except (click.Abort, KeyboardInterrupt):
        print("curate: interrupted", file=sys.stderr)
        return INTERRUPTED
    except Exception:  # noqa: BLE001 - whatever else comes here is a bug, and is reported as one
        import traceback  # noqa: PLC0415 - as below

        traceback.print_exc()
        print(_REPORT, file=sys.stderr)
        return BUG
    return code if isinstance(code, int) else CLEAN


def _prepare_process() -> None:
    """End on SIGTERM as on Ctrl-C, and print to any terminal without failing on a character."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _tell(said: str) -> None:
    from curate.printable import printable  # noqa: PLC0415 - a call that succeeds needs none of it

    print(f"curate: {printable(said)}", file=sys.stderr)


def _sentence(error: click.ClickException) -> str:
    """Say on one line what is wrong with a call, and what may have been meant."""
    said = error.format_message()
    kind = error.param.type if isinstance(error, click.BadParameter) and error.param else None
    if isinstance(kind, click.Choice) and (found := re.search(r"'([^']*)' is not one of", said)):
        from curate.suggest import did_you_mean  # noqa: PLC0415 - as above

        said = f"{said} {did_you_mean(found[1], map(str, kind.choices))}".strip()
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else ""
    return f"{said} See `{command or 'curate'} --help`."


_REPORT = f"""
curate: this is a bug in curate {__version__}, not in your records.
Please report it with the lines above and the record that was being read, to the maintainers
named in CONTRIBUTING.md ("Reporting a bug")."""
