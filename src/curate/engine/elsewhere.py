"""Check a corpus that is kept elsewhere, or by others than this process."""

from curate.config import FILE, Config, parse
from curate.corpus import Corpus
from curate.engine.address import engine_at
from curate.engine.shard import Circumstances
from curate.engine.spread import check
from curate.report import Report
from curate.store import store_at
from curate.today import today


def settings_at(place: str) -> Config:
    """Read the settings of the corpus at a path or URL."""
    return parse(store_at(place).text(FILE), f"{place}/{FILE}")


def check_at(place: str, settings: Config, engine: str | None) -> tuple[Report, Corpus]:
    """Check the corpus at a path or URL, with the engine at an address or in this process."""
    with engine_at(engine) as workers:
        return check(workers, Circumstances(store_at(place), settings, today()))
