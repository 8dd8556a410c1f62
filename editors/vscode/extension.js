"use strict";
// Starts `curate lsp` beside the YAML extension, and shows the pages of rules.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const EXPLAIN = "curate.explain";
const PAGE = "curate-rule";

let client;

async function activate(context) {
  const pages = new Map();
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(PAGE, {
      provideTextDocumentContent: (uri) => pages.get(uri.path),
    }),
    vscode.commands.registerCommand("curate.restart", start),
  );
  await start();

  async function start() {
    await deactivate();
    const [command, ...args] = vscode.workspace.getConfiguration("curate").get("command");
    client = new LanguageClient("curate", "curate", { command, args }, {
      documentSelector: [{ scheme: "file", language: "yaml", pattern: "**/records/**/*.yaml" }],
      initializationOptions: { showsPages: true },
      middleware: { executeCommand },
    });
    try {
      await client.start();
    } catch (error) {
      client = undefined;
      vscode.window.showErrorMessage(
        `curate could not be started as \`${[command, ...args].join(" ")}\`: ${error.message} ` +
          "Install it with `pip install '.[lsp]'` in your clone of curate, or set `curate.command` " +
          "to where it is.",
      );
    }
  }

  async function executeCommand(command, args, next) {
    const page = await next(command, args);
    if (command === EXPLAIN && page) {
      const uri = vscode.Uri.from({ scheme: PAGE, path: `/${args[0]}.md` });
      pages.set(uri.path, page);
      await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
    }
    return page;
  }
}

async function deactivate() {
  const running = client;
  client = undefined;
  await running?.stop();
}

module.exports = { activate, deactivate };
