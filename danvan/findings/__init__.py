"""What the figures say, in words. Pages, exports and slides show these same words; nothing is
computed here that completion did not return.
"""

from danvan.findings.coverage import coverage_sentence, report_word
from danvan.findings.figure import figure, measure, name
from danvan.findings.missing import Missing, Place, missing
from danvan.findings.stages import stage_counts
from danvan.findings.standing import rank_sentences
from danvan.findings.titles import (
    areas_title,
    change,
    funnel_title,
    judged_title,
    matrix_title,
    parts_title,
    trend_title,
)
from danvan.findings.units import every_sentence, units_sentence
from danvan.findings.year import Phrase, sentence, when, year_sentence

__all__ = [
    "Missing",
    "Phrase",
    "Place",
    "areas_title",
    "change",
    "coverage_sentence",
    "every_sentence",
    "figure",
    "funnel_title",
    "judged_title",
    "matrix_title",
    "measure",
    "missing",
    "name",
    "parts_title",
    "rank_sentences",
    "report_word",
    "sentence",
    "stage_counts",
    "trend_title",
    "units_sentence",
    "when",
    "year_sentence",
]
