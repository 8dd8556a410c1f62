"""Serve a desk's pages to this machine, and to nobody else.

Only 127.0.0.1 is listened on. A page from elsewhere could still reach it through the browser: one
whose name was made to lead to 127.0.0.1 is told by its Host, and one that puts a file of ours into
itself by what the browser says of who asks; both are refused.
"""

import socket
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Event, Thread
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from curate.preview.desk import Desk, File
from curate.preview.framed import OWN, PREVIEW_POLICY
from curate.refusal import Refusal

LOOPBACK: Final = "127.0.0.1"
_NAMES = (LOOPBACK, "localhost")
_BEAT = 10.0
_ASSETS = {"preview.css": "text/css", "preview.js": "text/javascript"}
_HEADERS = {
    "Content-Security-Policy": f"{PREVIEW_POLICY}; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Server:
    """A server of one desk that runs until it is closed."""

    def __init__(self, desk: Desk, port: int = 0) -> None:
        try:
            self._http = _Http(desk, port)
        except OSError as error:
            raise Refusal(
                f"Port {port} of this machine cannot be used: {error.strerror}. Name another one "
                "with --port, or none, so that a free one is found."
            ) from error
        self._thread = Thread(target=self._http.serve_forever, args=(0.1,), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where it can be reached."""
        return f"http://{LOOPBACK}:{self._http.server_port}/"

    def close(self) -> None:
        """Answer nobody any more, and give the port back."""
        self._http.ended.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Http(ThreadingHTTPServer):
    """One thread a request; those that wait for a change end with the process."""

    daemon_threads = True
    block_on_close = False
    # A port that was just given back can be taken again at once; where this means that two
    # programs may share one, as on Windows, it is not asked for.
    allow_reuse_address = hasattr(socket, "SO_REUSEPORT")

    def __init__(self, desk: Desk, port: int) -> None:
        self.desk = desk
        self.ended = Event()
        super().__init__((LOOPBACK, port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that leaves in the middle of an answer is no fault."""


class _Handler(BaseHTTPRequestHandler):
    """Answer one request."""

    server: _Http
    timeout = 30

    def do_GET(self) -> None:
        """Answer with a file, or with news of it."""
        if not self._is_ours():
            self._refuse()
            return
        asked = urlsplit(self.path)
        address = _address(asked.path)
        if address == f"{OWN}/events":
            self._tell(parse_qs(asked.query))
        else:
            self._send(self._file(address))

    do_HEAD = do_GET  # noqa: N815 - likewise

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in http.server
        """Keep no log: who previews a corpus reads the terminal for what the checks find."""

    def version_string(self) -> str:
        """Name no versions."""
        return "curate"

    def end_headers(self) -> None:
        """Send what every answer carries."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def _is_ours(self) -> bool:
        """Tell whether the question is meant for this server, and comes from its own pages."""
        port = self.server.server_port
        if self.headers.get("Host") not in {f"{name}:{port}" for name in _NAMES}:
            return False
        site = self.headers.get("Sec-Fetch-Site", "none")
        followed = self.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        return site in {"none", "same-origin"} or followed

    def _refuse(self) -> None:
        said = b"This preview is for the machine that it runs on, at the address that it printed.\n"
        self._send(File("text/plain; charset=utf-8", said), HTTPStatus.FORBIDDEN)

    def _file(self, address: str) -> File:
        folder, _, name = address.partition("/")
        if folder == OWN and name in _ASSETS:
            data = files("curate.preview").joinpath("assets", name).read_bytes()
            return File(_ASSETS[name], data)
        return self.server.desk.file(address)

    def _send(self, file: File, status: HTTPStatus | None = None) -> None:
        self.send_response(status or (HTTPStatus.OK if file.found else HTTPStatus.NOT_FOUND))
        self.send_header("Content-Type", file.media_type)
        self.send_header("Content-Length", str(len(file.data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(file.data)

    def _tell(self, query: dict[str, list[str]]) -> None:
        """Send an event once an address shows something else than the page that asks."""
        address, mark = _address(query.get("at", ["/"])[0]), query.get("mark", [""])[0]
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        if self.command == "HEAD":
            return
        changed = False
        while not changed and not self.server.ended.is_set():
            # A comment now and then: it fails once the page is gone, and the thread ends.
            self.wfile.write(b": here\n\n")
            self.wfile.flush()
            changed = self.server.desk.wait(address, mark, _BEAT)
        if changed:
            self.wfile.write(b"event: changed\ndata: now\n\n")


def _address(path: str) -> str:
    """Return the address of a page from the path of a request: a folder is its index."""
    address = unquote(path).lstrip("/")
    return f"{address}index.html" if not address or address.endswith("/") else address
