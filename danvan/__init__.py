"""Targets, results and completion of mass mobilization work: the domain, with no user interface in it."""
