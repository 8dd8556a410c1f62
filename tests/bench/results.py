"""Measure every subject in turn, and keep what each prints in its section of RESULTS.md.

A subject is a script beside this one. With --write its section is replaced as soon as it is known,
so that a run that is cut short leaves the others as they were; the README shows the first table.

    python tests/bench/results.py 100 1000 10000 [--write] [--only warm]
"""

import argparse
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
README = HERE.parents[1] / "README.md"
SUBJECTS = {
    "bench": "Beside other validators",
    "warm": "One record changed, in git, with the process that the last call left",
    "steps": "What a record costs, step by step",
    "checks": "What the checks of numbers and claims add",
    "export": "Exporting",
    "lsp": "The editor",
    "preview": "A saved record until its page",
    "site": "The site",
    "engine": "",
    "typos": "",
}
"""The scripts, and the headings of what they print; two write into CONTRIBUTING.md themselves."""
SIZED = {"bench", "warm", "steps", "checks", "lsp", "export"}
HEAD = (
    "# What curate takes\n\n"
    "`nox -s bench -- --write` wrote this on {cores} cores with {system} and Python {python}. "
    "Records are of 4 KB; `pass` is the time of `python -c pass`. Only curate knows cross "
    "references.\n"
)


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", default=["100", "1000", "10000"])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", action="append", choices=SUBJECTS)
    asked = parser.parse_args()
    for subject in asked.only or SUBJECTS:
        options = asked.sizes if subject in SIZED else []
        if asked.write and not SUBJECTS[subject]:
            options = ["--write"]
        print(f"\n## {SUBJECTS[subject] or subject}\n", flush=True)
        told = _told(subject, options)
        if asked.write and SUBJECTS[subject]:
            _keep(subject, told)


def _told(subject: str, options: list[str]) -> str:
    """Run a script; show what it prints at once, and return it."""
    lines = []
    call: list[str | Path] = [sys.executable, HERE / f"{subject}.py", *options]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    if process.returncode:
        sys.exit(f"{subject}.py ended with {process.returncode}")
    return "".join(lines)


def _keep(subject: str, told: str) -> None:
    """Replace the section of a subject, and the table that the README shows of the first."""
    known = dict(_SECTION.findall(RESULTS.read_text(encoding="utf-8")))
    known[subject] = f"\n## {SUBJECTS[subject]}\n\n{told.strip()}\n"
    head = HEAD.format(
        cores=os.cpu_count(), system=platform.system(), python=platform.python_version()
    )
    sections = [
        f"\n<!-- bench: {name} -->{known[name]}<!-- end of bench: {name} -->\n"
        for name in SUBJECTS
        if name in known
    ]
    RESULTS.write_text(head + "".join(sections), encoding="utf-8")
    if subject == "bench":
        table = _COLD.search(told)
        assert table is not None
        page = README.read_text(encoding="utf-8")
        README.write_text(_PASSAGE.sub(lambda part: part[1] + table[1] + part[2], page), "utf-8")


_SECTION = re.compile(r"<!-- bench: (\w+) -->(.*?)<!-- end of bench: \1 -->", re.DOTALL)
_COLD = re.compile(r"### Everything read and checked\n\n(\|.*?\n)\n", re.DOTALL)
_PASSAGE = re.compile(r"(<!-- bench: cold -->\n).*?(<!-- end of bench -->)", re.DOTALL)


if __name__ == "__main__":
    main()
