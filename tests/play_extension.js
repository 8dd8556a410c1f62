"use strict";
// Run the VS Code extension with a VS Code and a client that only note what they are asked.
// Arguments: the extension, the setting `curate.command` as JSON, and `fails` for a failing start.

const Module = require("module");

const [, , extension, command, how] = process.argv;
const said = [];
let provider;
let restart;
let last;

const vscode = {
  workspace: {
    registerTextDocumentContentProvider: (scheme, given) => (provider = given),
    getConfiguration: () => ({ get: () => JSON.parse(command) }),
  },
  commands: {
    registerCommand: (name, run) => (restart = run),
    executeCommand: async (name, uri) => {
      said.push([name, provider.provideTextDocumentContent(uri)]);
    },
  },
  window: { showErrorMessage: (text) => said.push(["error", text]) },
  Uri: { from: (parts) => parts },
};

class LanguageClient {
  constructor(id, name, server, options) {
    said.push(["server", server]);
    this.options = options;
    last = this;
  }

  async start() {
    if (how === "fails") throw new Error("No such file.");
    said.push(["start"]);
  }

  async stop() {
    said.push(["stop"]);
  }
}

const load = Module._load;
const played = { vscode, "vscode-languageclient/node": { LanguageClient } };
Module._load = (name, ...rest) => played[name] ?? load(name, ...rest);

(async () => {
  const { activate, deactivate } = require(extension);
  await activate({ subscriptions: [] });
  const { executeCommand } = last.options.middleware;
  await executeCommand("curate.explain", ["a-rule"], async () => "# A page");
  await executeCommand("curate.explain", ["none"], async () => null);
  await executeCommand("other", [], async () => "nothing to show");
  await restart();
  await deactivate();
  console.log(JSON.stringify([last.options, said]));
})();
