"""Every job of the project. `nox -l` lists them; CI runs the same."""

from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["tests", "lint", "typing", "generate", "hooks", "build"]
nox.options.reuse_venv = "yes"

PROJECT = nox.project.load_toml("pyproject.toml")
SOURCES = ["src", "tests", "noxfile.py"]


def group(name: str) -> list[str]:
    return list(nox.project.dependency_groups(PROJECT, name))


@nox.session
def build(session: nox.Session) -> None:
    """Validate records/ and write exports/."""
    session.install(".")
    session.run("curate", "validate")
    session.run("curate", "export")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; arguments go to pytest. Without any, branch coverage must not fall."""
    session.install(".", *group("tests"))
    if session.posargs:
        session.run("pytest", *session.posargs)
        return
    session.run("coverage", "erase")
    session.env["CURATE_DATA_SETS"] = "10000"  # simulated true data sets for each check
    spread = ("-n", "auto", "--dist", "worksteal")
    session.run("pytest", *spread, "--cov", "--cov-report=term", "--durations=40")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and layout with ruff, and the direction of imports."""
    session.install(".", *group("lint"), "import-linter")
    session.run("ruff", "check", *SOURCES)
    session.run("ruff", "format", "--check", *SOURCES)
    session.run("lint-imports")


@nox.session
def typing(session: nox.Session) -> None:
    """Check types with mypy, strictly."""
    session.install(".[cluster,lsp,parquet,plots]", *group("typing"))
    session.run("mypy")
    session.run("mypy", str(Path("tests", "bench")))


@nox.session
def generate(session: nox.Session) -> None:
    """Write every generated file; `nox -s generate -- --check` only compares."""
    session.install(".")
    session.run("python", "-m", "curate.generate", *session.posargs)


@nox.session
def definitions(session: nox.Session) -> None:
    """Reduce the official FHIR R5 packages that `npm pack` fetched; arguments are their files."""
    session.install("-e", ".")
    session.run("python", "-m", "curate.fhir_definitions", *session.posargs)


@nox.session
def hooks(session: nox.Session) -> None:
    """Run the commit hooks on all files, as git would."""
    session.install(".", "pre-commit")
    session.run("pre-commit", "run", "--all-files", "--show-diff-on-failure")


@nox.session
def bench(session: nox.Session) -> None:
    """Time curate beside other validators; arguments are corpus sizes, --write and --only NAME."""
    session.install(".[cluster,lsp]", *group("bench"))
    session.run("python", str(Path("tests", "bench", "results.py")), *session.posargs)


@nox.session
def guard(session: nox.Session) -> None:
    """Fail where curate takes more than it did, as ratios; `-- --write` takes what is now."""
    session.install(".")
    session.run("python", str(Path("tests", "bench", "guard.py")), *session.posargs)
