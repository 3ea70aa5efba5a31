"""Catalogue: the other names by which files speak of units and indicators, and where units lie."""

from ui import access, aliases, boundaries, cached, filters

words = filters.words()
filters.head(words("page.catalogue"), words("catalogue.subject"))
aliases.listed(cached.catalogue(), words)
aliases.answered(access.current().answers(), words)
boundaries.part(cached.catalogue(), words)
