"""The one exception that a front door turns into exit code 2."""


class Refusal(Exception):  # noqa: N818 - it is no error of the program, it is an answer to the user
    """Say in one sentence why the command cannot run, and what to do about it."""
