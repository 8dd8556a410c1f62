"""`curate rule`: explain what is checked."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from curate.rule import Rule


@click.command("rule", short_help="Explain the rules.")
@click.argument("name", required=False)
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text to read, or JSON for programs.",
)
def command(name: str | None, output_format: str) -> None:
    """Explain a rule, by its name or its code; without one, list them all."""
    # A call for help must not wait for what only the rules need.
    from curate.cli.common import write  # noqa: PLC0415
    from curate.rules import all_rules  # noqa: PLC0415

    rules = all_rules() if name is None else (_find(name, all_rules()),)
    if output_format == "json":
        write([_json(rules)])
    elif name is None:
        write(_list(rules))
    else:
        write(_page(rules[0]))


def _find(name: str, rules: "tuple[Rule, ...]") -> "Rule":
    from curate.refusal import Refusal  # noqa: PLC0415 - see above
    from curate.suggest import did_you_mean  # noqa: PLC0415

    for rule in rules:
        if name.casefold() in {rule.name, rule.code.casefold()}:
            return rule
    known = [rule.name for rule in rules] + [rule.code for rule in rules]
    guess = did_you_mean(name, known) or "`curate rule` lists them all."
    raise Refusal(f"There is no rule `{name}`. {guess}")


def _list(rules: "tuple[Rule, ...]") -> Iterator[str]:
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        grade = click.style(f"{rule.severity:<7}", fg=_COLORS[rule.severity])
        name = click.style(f"{rule.name:<{width}}", bold=True)
        yield f"{rule.code}  {name}  {grade}  {rule.summary}\n"


def _page(rule: "Rule") -> Iterator[str]:
    """Yield the rule's text, its examples indented as they stand in a file."""
    grade = str(rule.severity)
    if rule.completeness:
        grade += "; in a draft a warning"
    grade += "; can be waived" if rule.waivable else "; cannot be waived"
    yield f"{click.style(f'{rule.code} {rule.name}', bold=True)} ({grade})\n\n"
    in_example = False
    for line in rule.doc.splitlines():
        if line.startswith("```"):
            in_example = not in_example
        elif in_example:
            yield _example(line)
        elif re.fullmatch(r"[A-Z][a-z]+:", line):
            yield f"{click.style(line, bold=True)}\n"
        else:
            yield f"{line}\n"


def _example(line: str) -> str:
    marks = re.fullmatch(r" *#(?: *\^|<) *[a-z-]+", line)
    return f"    {click.style(line, fg='red') if marks else line}".rstrip() + "\n"


def _json(rules: "tuple[Rule, ...]") -> str:
    import json  # noqa: PLC0415 - see above

    listed = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.value,
            "warning_in_drafts": rule.completeness,
            "can_be_waived": rule.waivable,
            "summary": rule.summary,
            "text": rule.doc,
        }
        for rule in rules
    ]
    return json.dumps({"version": 1, "rules": listed}, indent=2) + "\n"


_COLORS = {"error": "red", "warning": "yellow", "notice": "blue"}
