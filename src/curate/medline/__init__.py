"""How PubMed writes papers down, in whatever format: titles, dates, identifiers, notices."""
