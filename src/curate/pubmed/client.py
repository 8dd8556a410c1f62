"""A connection to NCBI's E-utilities that keeps to their terms, and trusts no answer.

At most 3 requests a second, 10 with a key; who asks is said (`tool`, `email`); what fails for the
moment is asked again after a pause, as long as NCBI says. No other host is ever spoken to.
"""

import email.utils
import http.client
import os
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, Final

from curate import __version__
from curate.refusal import Refusal

HOME: Final = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
# Tests let a server on this machine play E-utilities; no other address is taken from here, so that
# nobody's records can be made to come from another place.
_HOME_VARIABLE: Final = "CURATE_TEST_EUTILS"
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

MOST_BYTES: Final = 40_000_000
"""Of one answer: 200 papers with long abstracts and reference lists are a tenth of it."""
_CHUNK: Final = 1 << 16
_MOST_SECONDS: Final = 180
"""For one answer, however slowly it drips."""
_ATTEMPTS: Final = 5
_LONGEST_PAUSE: Final = 300
_FOR_THE_MOMENT: Final = frozenset({408, 429, 500, 502, 503, 504})


class Unanswered(Exception):  # noqa: N818 - it is what happened, in one sentence for the user
    """PubMed gave no answer that can be used."""


class Client:
    """Asks E-utilities; `sleep`, `clock` and `timeout` can be set so that tests need not wait."""

    def __init__(
        self,
        address: str,
        *,
        key: str = "",
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        timeout: float = 30,
    ) -> None:
        if not address:
            raise Refusal(
                "PubMed wants to know whom to write to if something goes wrong; set `email` in "
                "curate.toml, or NCBI_EMAIL."
            )
        self._home = _home()
        self._who = {"tool": "curate", "email": address} | ({"api_key": key} if key else {})
        self._gap = 0.1 if key else 0.34
        self._sleep = sleep
        self._clock = clock
        self._timeout = timeout
        self._next = clock()
        self._opener = _opener(self._home)

    def post(self, path: str, fields: Mapping[str, str]) -> bytes:
        """Return the answer to a request, or raise `Unanswered` once asking again is no use."""
        body = urllib.parse.urlencode({**fields, **self._who}).encode()
        said = ""
        for attempt in range(1, _ATTEMPTS + 1):
            self._wait()
            try:
                return self._once(self._home + path, body)
            except urllib.error.HTTPError as error:
                with error:
                    said = f"it says {error.code}"
                    if error.code not in _FOR_THE_MOMENT:
                        raise Unanswered(f"PubMed refuses to answer: {said}.") from error
                    pause = _asked_for(error.headers)
            except _NO_CONNECTION as error:
                said, pause = _reason(error), None
            if attempt < _ATTEMPTS:
                self.pause(attempt, pause)
        raise Unanswered(f"PubMed did not answer in {_ATTEMPTS} attempts: {said}.")

    def pause(self, attempt: int, seconds: float | None = None) -> None:
        """Wait before asking again: as long as NCBI asks for, or longer each time."""
        if seconds is None:
            seconds = 2.0 ** (attempt - 1)
        if seconds > _LONGEST_PAUSE:
            raise Unanswered(
                f"PubMed asks to be left alone for {seconds:.0f} seconds; try again after that."
            )
        self._sleep(seconds)

    def _wait(self) -> None:
        """Keep the distance between two requests that NCBI asks for."""
        early = self._next - self._clock()
        if early > 0:
            self._sleep(early)
        self._next = max(self._clock(), self._next) + self._gap

    def _once(self, url: str, body: bytes) -> bytes:
        headers = {"User-Agent": f"curate/{__version__}", "Accept": "application/xml, text/xml"}
        request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 - see _home
        begun = self._clock()
        with self._opener.open(request, timeout=self._timeout) as answer:
            size, chunks = 0, []
            while chunk := answer.read1(_CHUNK):
                size += len(chunk)
                if size > MOST_BYTES:
                    raise Unanswered(
                        f"PubMed's answer is larger than {MOST_BYTES // 1_000_000} MB; it was "
                        "thrown away."
                    )
                if self._clock() - begun > _MOST_SECONDS:
                    raise TimeoutError
                chunks.append(chunk)
            expected = answer.headers.get("Content-Length")
            if expected is not None and expected.isdigit() and size < int(expected):
                raise http.client.IncompleteRead(b"", int(expected) - size)
        return b"".join(chunks)


_NO_CONNECTION: Final = (urllib.error.URLError, http.client.HTTPException, OSError)


def _home() -> str:
    """Return the address of E-utilities; a test's own, which must be on this machine."""
    other = os.environ.get(_HOME_VARIABLE)
    if not other:
        return HOME
    parts = urllib.parse.urlsplit(other)
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK:
        raise Refusal(f"{_HOME_VARIABLE} is for tests on this machine only; unset it.")
    return other.rstrip("/") + "/"


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follow no redirection to another host; one on the same host gets the same question."""

    def __init__(self, home: str) -> None:
        self._home = urllib.parse.urlsplit(home)[:2]

    def redirect_request(  # noqa: PLR0913, PLR0917 - the signature of urllib
        self,
        req: urllib.request.Request,
        fp: Any,  # noqa: ARG002
        code: int,  # noqa: ARG002
        msg: str,  # noqa: ARG002
        headers: Any,  # noqa: ARG002
        newurl: str,
    ) -> urllib.request.Request:
        """Return the request to make instead."""
        parts = urllib.parse.urlsplit(newurl)
        if parts[:2] != self._home:
            raise Unanswered(
                f"PubMed's answer leads to another host ({parts.hostname or 'none'}); it was not "
                "followed. Is there a login page between you and the internet?"
            )
        return urllib.request.Request(newurl, data=req.data, headers=dict(req.headers))  # noqa: S310 - the same scheme and host


def _opener(home: str) -> urllib.request.OpenerDirector:
    """Return what opens http and https, and nothing else: no file, no ftp, no data."""
    opener = urllib.request.OpenerDirector()
    here = urllib.parse.urlsplit(home).hostname in _LOOPBACK
    for handler in (
        urllib.request.ProxyHandler({} if here else None),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _SameHost(home),
    ):
        opener.add_handler(handler)
    return opener


def _asked_for(headers: Any) -> float | None:
    """Return the seconds that `Retry-After` asks for; a date is told by the server's own clock."""
    said = (headers.get("Retry-After") or "").strip()
    if said.isdigit():
        return float(said)
    try:
        until = email.utils.parsedate_to_datetime(said)
        now = email.utils.parsedate_to_datetime(headers.get("Date") or "")
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None


def _reason(error: Exception) -> str:
    """Say why there was no answer, in words and without the address, which may hold a key."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return "it took too long"
    if isinstance(reason, http.client.HTTPException):
        return "the answer broke off"
    if isinstance(reason, socket.gaierror):
        return "its address cannot be found; are you online?"
    return getattr(reason, "strerror", None) or "the connection failed"
