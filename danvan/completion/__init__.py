"""Measured: what results are worth against their targets. Knows docs/rules.md and nothing else.

`assess` is the rule for one figure and `with_completion` the same rule for a frame;
`measured` joins figures over periods and units before it judges them.
"""

from danvan.completion.assessment import Assessment, assess
from danvan.completion.coverage import Report, arrivals, called_for, coverage, due_day
from danvan.completion.frame import with_completion
from danvan.completion.headline import Mean, state_counts, weighted_mean
from danvan.completion.joining import measured
from danvan.completion.over_periods import covers
from danvan.completion.progress import to_date
from danvan.completion.ranking import ranked
from danvan.completion.restating import members, restated

__all__ = [
    "Assessment",
    "Mean",
    "Report",
    "arrivals",
    "assess",
    "called_for",
    "coverage",
    "covers",
    "due_day",
    "measured",
    "members",
    "ranked",
    "restated",
    "state_counts",
    "to_date",
    "weighted_mean",
    "with_completion",
]
