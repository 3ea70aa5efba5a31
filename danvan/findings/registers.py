"""What the registers say in one sentence: models, tasks, awards.

Frames are rows of one register with their keys (danvan.registers.with_keys).
"""

from __future__ import annotations

import pandas as pd

from danvan.findings.stages import stage_counts
from danvan.registers import NONE
from danvan.rows import Row, known, rows_of
from danvan.wording import Words

SOON = 30  # days before a deadline in which it is near
HIGH = ("central", "province")
"""Levels of awards that the sentence about them names."""


def models_sentence(models: pd.DataFrame, words: Words) -> str:
    """How many models were registered and how many of them came how far."""
    if models.empty:
        return words("models.nothing")
    counts = stage_counts(models)
    said = [words("models.registered", n=counts["registered"])]
    for stage in ("recognised", "outstanding", "rewarded"):
        if counts[stage]:
            said.append(words(f"stage.{stage}", n=counts[stage]))
    if refused := int((models["of_state"] == "refused").sum()):
        said.append(words("models.refused", n=refused))
    return ", ".join(said)


def fields_title(models: pd.DataFrame, words: Words) -> str:
    """The field with the most models, and how many say none."""
    fields = models["of_field"].value_counts()
    unsaid = int(fields.get(NONE, 0))
    told = fields.drop(NONE, errors="ignore")
    if told.empty:
        return words("models.no_field", n=unsaid)
    most = str(told.index[0])
    said = words("models.most", n=int(told.iloc[0]), field=words(f"sphere.{most}"))
    return f"{said}; {words('models.no_field', n=unsaid)}" if unsaid else said


def holders_title(models: pd.DataFrame, words: Words) -> str:
    """Whose the models are, and how many of them are new."""
    said = _counts(models["of_kind"], "models_of", ("collective", "individual"), words)
    new = _counts(models["of_renewal"], "models_are", ("new", "maintained", "replicated"), words)
    return "; ".join(", ".join(part) for part in (said, new) if part) or words("models.unsaid")


def tasks_sentence(tasks: pd.DataFrame, words: Words) -> str:
    """How many tasks are overdue, by how much and which the longest; and how many are done."""
    if tasks.empty:
        return words("tasks.nothing")
    done = int((tasks["of_standing"] == "done").sum())
    said = words("tasks.done", n=len(tasks), done=done)
    overdue = tasks[tasks["of_standing"] == "overdue"]
    if overdue.empty:
        return f"{words('tasks.none_overdue')}; {said}"
    late = overdue[overdue["days"].notna()].sort_values("days", kind="stable")
    if late.empty or late.iloc[0]["days"] >= 0:
        return f"{words('tasks.overdue', n=len(overdue))}; {said}"
    worst = rows_of(late.head(1))[0]
    days = words("tasks.days", n=-int(worst["days"]))
    told = words("tasks.longest", n=len(overdue), days=days, name=worst["name"])
    return f"{told}; {said}"


def deadlines_title(tasks: pd.DataFrame, words: Words) -> str:
    """What is due soon, what was done late, and what has no day that could be missed."""
    days = tasks["days"]
    soon = int(((days >= 0) & (days <= SOON) & (tasks["of_standing"] != "overdue")).sum())
    late = sum((finished_late(row) or 0) > 0 for row in rows_of(tasks[_finished(tasks)]))
    said = [words("tasks.soon", n=soon, days=SOON) if soon else words("tasks.none_soon", days=SOON)]
    if late:
        said.append(words("tasks.late", n=late))
    return "; ".join(said)


def late_areas_title(tasks: pd.DataFrame, words: Words) -> str:
    """The area of work with the most overdue tasks, or that none has any."""
    overdue = tasks[tasks["of_standing"] == "overdue"]["of_area"].value_counts()
    if overdue.empty:
        return words("tasks.areas_fine")
    area = str(overdue.index[0])
    of = int((tasks["of_area"] == area).sum())
    name = words("text.none") if area == NONE else area
    return words("tasks.areas_late", n=of, area=name, late=int(overdue.iloc[0]))


def task_word(row: Row, words: Words) -> str:
    """Where a task stands in words: "quá hạn 45 ngày", "còn 12 ngày", "xong trễ 3 ngày"."""
    standing = row["of_standing"]
    if standing == "done":
        late = finished_late(row)
        return words("tasks.done_late", n=late) if late and late > 0 else words("task.done")
    said = words(f"task.{standing}")
    if row["unread"]:
        return words("task.unread") if standing == NONE else f"{said}, {words('task.unread')}"
    if not known(row["days"]) or standing == "regular":
        return said
    days = int(row["days"])
    if days < 0:
        return words("tasks.overdue_by", days=words("tasks.days", n=-days))
    if standing == "overdue":  # so the row says, though its day is not over
        return said
    left = words("tasks.today") if days == 0 else words("tasks.left", n=days)
    return f"{said}, {left}"


def finished_late(row: Row) -> int | None:
    """Days from the deadline to the day on which a task was finished; None where one is not known."""
    finished = pd.to_datetime(row["finished_on"], format="%Y-%m-%d", errors="coerce")
    if not (known(finished) and known(row["due"])):
        return None
    return int((finished - row["due"]).days)


def _finished(tasks: pd.DataFrame) -> pd.Series[bool]:
    return (tasks["of_standing"] == "done") & (tasks["finished_on"] != "") & tasks["due"].notna()


def awards_sentence(awards: pd.DataFrame, words: Words) -> str:
    """How many collectives and individuals were awarded, and what the highest levels gave."""
    if awards.empty:
        return words("awards.nothing")
    said = _counts(awards["of_kind"], "awards_to", ("collective", "individual"), words)
    unsaid = int((awards["of_kind"] == NONE).sum())
    if unsaid:
        said.append(words("awards.unsaid", n=unsaid))
    given = words("awards.given", to=", ".join(said))
    high = [_high(awards[awards["of_level"] == level], level, words) for level in HIGH]
    return "; ".join([given, *(text for text in high if text)])


def _high(awards: pd.DataFrame, level: str, words: Words) -> str:
    """What a level gave: "12 bằng khen cấp tỉnh"; "" for nothing."""
    if awards.empty:
        return ""
    forms = set(awards["of_form"])
    form = forms.pop() if len(forms) == 1 else NONE
    text = words("awards.award", n=len(awards)) if form == NONE else form[:1].lower() + form[1:]
    return words("awards.high", n=len(awards), form=text, level=words(f"award_level.{level}"))


def levels_title(awards: pd.DataFrame, words: Words) -> str:
    """The level that gave the most awards."""
    levels = awards["of_level"].value_counts()
    told = levels.drop(NONE, errors="ignore")
    if told.empty:
        return words("awards.no_level", n=len(awards))
    level = words(f"award_level.{told.index[0]}")
    return words("awards.most", n=len(awards), most=int(told.iloc[0]), level=level)


def forms_title(awards: pd.DataFrame, words: Words) -> str:
    """The form of award that was given most."""
    told = awards["of_form"].value_counts().drop(NONE, errors="ignore")
    if told.empty:
        return words("awards.no_form", n=len(awards))
    return words("awards.form", n=len(awards), form=told.index[0], most=int(told.iloc[0]))


def decisions_title(awards: pd.DataFrame, words: Words) -> str:
    """How many decisions there are, and how many awards name none."""
    named = awards[awards["of_decision"] != NONE]
    said = words("awards.decisions", n=named["of_decision"].nunique(), awards=len(named))
    rest = len(awards) - len(named)
    return f"{said}; {words('awards.undecided', n=rest)}" if rest else said


def _counts(keys: pd.Series[str], family: str, wanted: tuple[str, ...], words: Words) -> list[str]:
    counts = keys.value_counts()
    return [words(f"{family}.{key}", n=int(counts[key])) for key in wanted if key in counts]
