"""As of: any moment can be asked for, and undo restores what stood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.errors import RefusedError
from danvan.store import Store, open_store
from tests.making import YEAR, founded, result, submission, target


def _results(store: Store, as_of: datetime | None = None) -> dict[str, float]:
    frame = store.figures(YEAR, as_of)
    return dict(zip(frame["unit"], frame["result"], strict=True))


def _moment(store: Store) -> datetime:
    last: pd.Timestamp = store.submissions()["at"].max()
    return last.to_pydatetime()


def test_a_figure_loaded_and_undone_is_there_for_the_time_between(store: Store) -> None:
    number = store.submit([submission(result(7))])[0]
    between = _moment(store)
    store.undo(number, "Lan", "nhầm đơn vị")
    assert _results(store) == {}
    assert _results(store, between) == {"CITY": 7}
    assert _results(store, between - timedelta(microseconds=1)) == {}


def test_undo_restores_what_stood_before(store: Store) -> None:
    store.submit([submission(result(1), result(2, unit="W1"))])
    number = store.submit([submission(result(9))])[0]
    store.undo(number, "Lan")
    assert _results(store) == {"CITY": 1, "W1": 2}


def test_an_undo_can_be_undone_and_that_again(store: Store) -> None:
    number = store.submit([submission(result(7))])[0]
    for step in range(4):
        number = store.undo(number, "Lan")
        assert _results(store) == ({} if step % 2 == 0 else {"CITY": 7})


def test_undoing_an_overtaken_submission_leaves_the_later_one_standing(store: Store) -> None:
    first = store.submit([submission(result(1))])[0]
    store.submit([submission(result(2))])
    store.undo(first, "Lan")
    assert _results(store) == {"CITY": 2}


def test_restoring_does_not_overtake_a_later_statement(store: Store) -> None:
    first = store.submit([submission(result(1))])[0]
    undone = store.undo(first, "Lan")
    store.submit([submission(result(2))])
    store.undo(undone, "Lan")
    assert _results(store) == {"CITY": 2}


def test_what_cannot_be_undone_is_refused(store: Store) -> None:
    number = store.submit([submission(result(1))])[0]
    store.undo(number, "Lan")
    for asked, key in ((number, "already_undone"), (999, "unknown_submission"), (1, "undo_frame")):
        with pytest.raises(RefusedError) as refused:
            store.undo(asked, "Lan")
        assert refused.value.key == key


def test_history_tells_what_stands_and_what_was_undone(store: Store) -> None:
    store.submit([submission(result(1))])
    number = store.submit([submission(result(2))])[0]
    store.undo(number, "Lan")
    told = store.history(YEAR, "CITY", "SUM")
    assert list(told["value"]) == [2, 1]
    assert list(told["counts"]) == [False, True]
    assert list(told["stands"]) == [False, True]


STATEMENT = st.tuples(st.sampled_from(["CITY", "W1", "W2"]), st.integers(0, 99) | st.none())
ACTS = st.lists(
    st.lists(STATEMENT, min_size=1, max_size=3) | st.integers(0, 30), min_size=1, max_size=12
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(ACTS)
def test_every_moment_is_what_replaying_the_acts_gives(store: Store, acts: list[Any]) -> None:
    start = len(store.submissions())
    moments = list(_performed(store, acts, start))
    for as_of, expected in moments:
        got = {u: (None if pd.isna(v) else v) for u, v in _results(store, as_of).items()}
        assert got == expected
    for number in store.submissions().query("channel == 'load' and outcome == 'approved'")["id"]:
        store.undo(int(number), "Lan")  # the next example starts from nothing


def _performed(
    store: Store, acts: list[Any], start: int
) -> Iterator[tuple[datetime, dict[str, int | None]]]:
    """Do the acts; after each, the moment and what must stand, by the slow and plain way."""
    stated: dict[int, list[tuple[str, int | None]]] = {}
    counts: dict[int, bool] = {}
    last_by: dict[int, int] = {}
    undoes: dict[int, int] = {}
    for act in acts:
        if isinstance(act, int):
            number = start + 1 + act % max(len(store.submissions()) - start, 1)
            try:
                new = store.undo(number, "Lan")
            except RefusedError:
                continue
            undoes[new] = root = undoes.get(number, number)
            counts[root] = not counts[root]
            last_by[root] = new
        else:
            facts = [result(value, unit=unit) for unit, value in act]
            number = store.submit([submission(*facts)])[0]
            stated[number], counts[number] = act, True
        standing: dict[str, int | None] = {}
        for known in sorted(stated):
            if counts[known]:
                standing |= dict(stated[known])
        yield _moment(store), standing


def test_what_is_written_carries_the_moment_of_the_clock(tmp_path: Path) -> None:
    moment = datetime(2016, 1, 20, 8, tzinfo=UTC)
    store = founded(open_store(str(tmp_path / "past.db"), lambda: moment))
    store.submit([submission(target(5))])
    assert set(store.submissions()["at"]) == {moment}
    assert set(store.people.audit()["at"]) == {moment}
    assert not store.faults()


def test_a_clock_that_goes_back_writes_nothing_into_the_past(tmp_path: Path) -> None:
    moments = [datetime(2016, 1, 20, 8, tzinfo=UTC)]
    store = founded(open_store(str(tmp_path / "past.db"), lambda: moments[-1]))
    moments.append(datetime(2015, 1, 1, tzinfo=UTC))
    store.submit([submission(target(5))])
    assert store.submissions()["at"].iloc[-1] == moments[0]
    assert store.figures(YEAR, moments[1]).empty
