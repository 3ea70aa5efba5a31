"""Workbooks as offices really have them, built by script, each with the truth beside it.

All figures are invented; only the arrangement, the names and the mess are real.
"""
