"""Read texts that git holds: from the working copy where it has the very same, else from git."""

import subprocess
from hashlib import sha1, sha256
from pathlib import Path

from curate import git
from curate.refusal import Refusal
from curate.source import MAX_BYTES, Obstacle, Source, read

_SHA1 = 40
"""Digits of a name that git gives by SHA-1; by SHA-256 there are more."""


class Blobs:
    """A process of git that is started when the first text is wanted."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._git: subprocess.Popen[bytes] | None = None

    def item(self, path: str, version: str) -> Source | Obstacle:
        """Return a file of git's index by its mode and the name of its text."""
        mode, blob = version.encode().split()
        entry = git.Staged(path, mode, blob)
        text = self._same(entry) or self._text(blob) if git.is_readable(entry) else None
        if text is not None:
            return Source(path, text)
        return next(iter(git.texts(self._root, [entry])))

    def close(self) -> None:
        """End the process."""
        if self._git is not None:
            self._git.communicate()

    def _same(self, entry: git.Staged) -> bytes | None:
        """Return the file's text if git would give it the very same name."""
        try:
            found = read(self._root, entry.path)
        except Refusal:
            return None
        if isinstance(found, Obstacle):
            return None
        named = sha1 if len(entry.blob) == _SHA1 else sha256
        head = b"blob %d\0" % len(found.data)
        is_same = named(head + found.data).hexdigest().encode() == entry.blob
        return found.data if is_same else None

    def _text(self, blob: bytes) -> bytes | None:
        """Return a text, or None where it is too long or git cannot be asked in this way."""
        answer = self._ask(b"info %s\n" % blob).split()
        if answer[1:2] != [b"blob"] or int(answer[2]) > MAX_BYTES:
            return None
        self._ask(b"contents %s\n" % blob)
        size = int(answer[2])
        assert self._git is not None and self._git.stdout is not None  # noqa: S101, PT018 - asked
        return self._git.stdout.read(size + 1)[:size]

    def _ask(self, question: bytes) -> bytes:
        """Send one line and return the first line of the answer, empty where there is none."""
        if self._git is None:
            self._git = subprocess.Popen(
                ["git", "cat-file", "--batch-command"],  # noqa: S607 - as in git.py
                cwd=self._root,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        assert self._git.stdin is not None and self._git.stdout is not None  # noqa: S101, PT018
        try:
            self._git.stdin.write(question)
            self._git.stdin.flush()
        except BrokenPipeError:
            return b""
        return self._git.stdout.readline()
