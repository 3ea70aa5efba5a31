"""What the figures say, in words. Pages, exports and slides show these same words; nothing is
computed here that completion did not return.
"""

from danvan.findings.coverage import coverage_sentence, report_word
from danvan.findings.figure import figure, measure, name, register_mark
from danvan.findings.missing import Missing, Place, missing
from danvan.findings.registers import (
    awards_sentence,
    deadlines_title,
    decisions_title,
    fields_title,
    finished_late,
    forms_title,
    holders_title,
    late_areas_title,
    levels_title,
    models_sentence,
    task_word,
    tasks_sentence,
)
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
    "awards_sentence",
    "change",
    "coverage_sentence",
    "deadlines_title",
    "decisions_title",
    "every_sentence",
    "fields_title",
    "figure",
    "finished_late",
    "forms_title",
    "funnel_title",
    "holders_title",
    "judged_title",
    "late_areas_title",
    "levels_title",
    "matrix_title",
    "measure",
    "missing",
    "models_sentence",
    "name",
    "parts_title",
    "rank_sentences",
    "register_mark",
    "report_word",
    "sentence",
    "stage_counts",
    "task_word",
    "tasks_sentence",
    "trend_title",
    "units_sentence",
    "when",
    "year_sentence",
]
