"""Catalogue: the other names by which files speak of units and indicators, and where units lie."""

from ui import access, aliases, boundaries, cached, filters

words = filters.words()
catalogue = cached.catalogue()
filters.head(words("page.catalogue"), words("catalogue.subject"))
parts = {"names": words("catalogue.names"), "boundaries": words("boundaries.title")}
if boundaries.changeable() and filters.tab(parts, words) == "boundaries":
    boundaries.part(catalogue, words)
else:
    aliases.listed(catalogue, words)
    aliases.answered(access.current().answers(), words)
