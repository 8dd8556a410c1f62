"""Write every derived file, or check that each is as it would be written.

`python -m curate.generate` writes; with `--check` it writes nothing, and fails if a file differs.
A derived passage of another file stands between the lines `<!-- generated: NAME -->` and
`<!-- end of generated -->`.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from curate import config
from curate.contract import readme
from curate.corpus_page import corpus_page
from curate.formats.json.schema import export_schema
from curate.json_schema import label, schema_of
from curate.kinds import KINDS
from curate.pipeline import check, load
from curate.rules import all_rules
from curate.seeds import read_seeds
from curate.source import find
from curate.typescript import declarations

COMMAND = "python -m curate.generate"
_MARKED = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end of generated -->)", re.DOTALL)
_WITH_PASSAGES = ("README.md", "CONTRIBUTING.md")


def main(arguments: list[str]) -> int:
    """Write the derived files below the current folder; with --check return 1 if one differs."""
    check = "--check" in arguments
    stale = [(path, text) for path, text in derived(Path.cwd()) if not _is(path, text)]
    for path, text in stale:
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        said = f"is not as generated; run `{COMMAND}`" if check else "was written"
        sys.stdout.write(f"{path} {said}\n")
    return 1 if stale and check else 0


def derived(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each derived file with the text that it should hold."""
    schemas = {kind: schema_of(model) for kind, model in KINDS.items()}
    for name, schema in {**schemas, "export": export_schema()}.items():
        yield root / "schemas" / f"{name}.schema.json", _json(schema)
    yield root / "schemas" / "export.d.ts", declarations(export_schema(), "Export")
    yield root / "schemas" / "README.md", _guide(schemas)
    yield root / "exports" / "README.md", readme()
    corpus = load(find(root), config.load(root))
    yield root / "records" / "README.md", corpus_page(corpus, check(corpus), read_seeds(root))
    for name in _WITH_PASSAGES:
        path = root / name
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            yield path, _MARKED.sub(lambda found: found[1] + _passage(found[2]) + found[3], text)


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _json(schema: Any) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _passage(name: str) -> str:
    """Return a derived passage: the table of rules is the only one."""
    if name != "rules":
        raise ValueError(f"there is no passage called {name}")
    rows = [f"| {rule.code} | `{rule.name}` | {_cell(rule.summary)} |\n" for rule in all_rules()]
    return f"| code | name | what it does |\n|---|---|---|\n{''.join(rows)}"


def _guide(schemas: Mapping[str, Any]) -> str:
    """Return the page that says what each field of each kind and part is for."""
    parts = {name: part for schema in schemas.values() for name, part in schema["$defs"].items()}
    pages = [_INTRODUCTION]
    for kind, schema in schemas.items():
        pages.append(_page(kind.capitalize(), schema, parts))
    pages.append("## Parts of records\n")
    for name, part in sorted(parts.items()):
        pages.append("#" + _page(label(name, part).capitalize(), part, parts))
    return "\n".join(pages)


def _page(title: str, part: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """Return one kind's or part's fields as a table, and the meanings of its words."""
    fields = part["properties"]
    rows = [
        f"| `{name}`{' *' if name in part.get('required', ()) else ''} "
        f"| {_shape(field, parts)} | {_cell(field['description'])} |\n"
        for name, field in fields.items()
    ]
    table = f"| field | holds | what to write |\n|---|---|---|\n{''.join(rows)}"
    words = "".join(_words(name, field.get("items", field)) for name, field in fields.items())
    return f"## {title}\n\n{part['description']}\n\n{table}{words}"


def _shape(field: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """Say in few words what a field holds, with an example."""
    if "items" in field:
        return f"list: {_shape(field['items'], parts)}"
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[1]
        return label(name, parts[name])
    for key, between in (("oneOf", ", "), ("anyOf", "; or ")):
        if key in field:
            return between.join(_shape(branch, parts) for branch in field[key])
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return "one of the words below"
    noun = _NOUNS[field["type"]]
    examples = ", ".join(f"`{_cell(str(example))}`" for example in field.get("examples", []))
    return f"{noun}, such as {examples}" if examples else noun


def _words(name: str, field: Mapping[str, Any]) -> str:
    """Return the words that a field takes, each with its meaning."""
    pairs = zip(field.get("enum", ()), field.get("enumDescriptions", ()), strict=True)
    lines = "".join(f"- `{word}`: {meaning}\n" for word, meaning in pairs)
    return f"\n`{name}` is one of:\n\n{lines}" if lines else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


_NOUNS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "`true` or `false`",
}
_INTRODUCTION = f"""\
# The schemas

One JSON Schema (2020-12) for each kind of record: what `curate validate` holds every record to
before any rule looks at it, and what an editor with a YAML language server shows while typing.
`export.schema.json` describes `exports/json/corpus.json`, and `export.d.ts` does so in TypeScript.

These files, this page included, are generated from `src/curate/kinds/`; do not edit them, run
`{COMMAND}`. A field marked * must be there. A number is written as the source prints
it.
"""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
