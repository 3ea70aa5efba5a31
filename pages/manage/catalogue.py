"""Catalogue: the other names by which files speak of units and indicators, and taking them out."""

from ui import access, aliases, cached, filters

words = filters.words()
filters.head(words("page.catalogue"), words("catalogue.subject"))
aliases.listed(cached.catalogue(), words)
aliases.answered(access.current().answers(), words)
