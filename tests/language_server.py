"""npm's yaml-language-server over stdio, as an editor runs it to format a file."""

import json
import subprocess
from pathlib import Path
from typing import Any

SETTINGS = {
    "yaml": {"format": {"enable": True}, "validate": False, "schemaStore": {"enable": False}}
}


class YamlLanguageServer:
    """One server, asked one thing after the other."""

    def __init__(self, program: Path) -> None:
        self._process = subprocess.Popen(
            ["node", str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._asked = 0
        able = {"workspace": {"configuration": True}}
        self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": able})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": SETTINGS})

    def formatted(self, text: str) -> str:
        """Return what the server makes of a text."""
        uri = "file:///a.yaml"
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        options = {"tabSize": 2, "insertSpaces": True}
        asked = {"textDocument": {"uri": uri}, "options": options}
        edits = self._ask("textDocument/formatting", asked)
        self._tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        return str(edits[0]["newText"]) if edits else text

    def end(self) -> None:
        """Stop the server."""
        self._ask("shutdown", None)
        self._tell("exit", None)
        self._process.communicate()

    def _ask(self, method: str, params: Any) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._receive()
            if "method" not in message:
                if message["id"] == self._asked:
                    return message["result"]
            elif "id" in message:
                items = (message.get("params") or {}).get("items", [])
                answer = [SETTINGS.get(item.get("section"), {}) for item in items] or None
                self._send({"id": message["id"], "result": answer})

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        length = 0
        assert self._process.stdout is not None
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        found: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return found
