"""Write `exports/README.md`, which says what readers of any corpus's export can rely on."""

from curate.formats import Format, format_names, load_format

_TOP = """\
# The exports

Written by `curate export`, which replaces this folder as a whole, or not at all when a record has
an error. Change the records, not these files.

| file | says |
|---|---|
| `manifest.json` | what was exported: corpus, version, git commit, records by kind and status, \
waivers by rule, what was not published, and every other file with its size, sum, rows and schema |
| `SHA256SUMS` | the sum of every other file; `sha256sum -c SHA256SUMS` checks them |

What holds for every format:

- Only records are exported whose status the corpus publishes. A draft never is. Each record carries
  its status: `in_review` means that no clinician has approved it yet.
- Nothing is filled in. A figure that the source does not print is absent; where a rule asks for it,
  a waiver gives the reason. `derived` names the figures that were computed from printed ones.
- A number has the digits of the source: `4.30` is not written as `4.3`.
- What is exported says where it comes from: the record, the place in it (a JSON Pointer), the file
  and the line, at the git commit that `manifest.json` names.
- The same records give the same bytes. No file holds the time at which it was written.
- Ids never change. A record that is withdrawn is retired, and says what replaces it.
"""


_EXAMPLES = """\
## Examples

All run in this folder. In Python, with curate installed, typed and frozen:

```python
import curate

export = curate.load(".")
for study in export.studies.values():
    for outcome in study.record.outcomes:
        if outcome.count is not None and outcome.analysed is not None:
            print(f"{outcome.title}: {outcome.count} of {outcome.analysed}", study.pmids[""])
```

With DuckDB, from the CSV tables; the second query reads the numbers as they are printed:

```python
import duckdb

query = \"\"\"
    SELECT c.text, p.pmid
    FROM 'csv/claims.csv' c JOIN 'csv/claim_pmids.csv' p ON p.claim = c.id
\"\"\"
print(duckdb.sql(query))
print(duckdb.sql("SELECT id, mean FROM read_csv('csv/outcomes.csv', all_varchar = true)"))
```

With pandas; `dtype=str` keeps ids, PMIDs and digits as they are, `keep_default_na=False` what looks
like a missing value:

```python
import pandas

outcomes = pandas.read_csv("csv/outcomes.csv", dtype=str, keep_default_na=False)
print(outcomes[outcomes["count"] != ""][["id", "count", "analysed"]])
```

In JavaScript (Node.js, as a module); `schemas/export.d.ts` of the project has the types:

```javascript
import { readFileSync } from "node:fs";

const { records } = JSON.parse(readFileSync("json/corpus.json", "utf8"));
for (const { id, data, lines, source } of records.studies) {
  (data.outcomes ?? []).forEach((outcome, index) => {
    console.log(outcome.title, `${source.path}:${lines[`/outcomes/${index}`]}`);
  });
}
```

To a FHIR server, transaction by transaction in their order:

```sh
for bundle in fhir/transaction-*.json; do
  curl --fail --silent --show-error --header "Content-Type: application/fhir+json" \\
    --data-binary "@$bundle" "$FHIR_SERVER" || exit 1
done
```

Where a value is from, and whether a newer version of curate will break its readers:

```sh
curate trace csv/outcomes.csv:2:title
curate export --check-compat .
```
"""


def readme() -> str:
    """Return the text of `exports/README.md`, made from what the formats say of themselves."""
    formats = (_section(load_format(name)) for name in format_names())
    return "\n".join([_TOP, *formats, _EXAMPLES])


def _section(format_: Format) -> str:
    title, _, about = format_.summary.partition(": ")
    said = [f"## {title}", f"{about[:1].upper()}{about[1:]}", format_.contract().strip()]
    if format_.left_out:
        rows = "".join(f"| `{field}` | {why} |\n" for field, why in format_.left_out.items())
        said.append(f"Left out:\n\n| field | because |\n|---|---|\n{rows}".strip())
    else:
        said.append("Left out: nothing.")
    return "\n\n".join(said) + "\n"
