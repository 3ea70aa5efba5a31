"""Kill loads at any moment and look at what is there: run as a script, in a process with nothing else."""

from __future__ import annotations

import os
import random
import sys
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from danvan import shipped
from danvan.cli import main
from danvan.store import open_store
from tests.workbooks import building as build

LOADS = 30
UNITS = [f"TPCL.P{number}" for number in (1, 2, 3, 4, 6, 11)]
INDICATORS = ("DVK.01", "DVK.02", "HGCS.02", "MTTQ.04", "TQ.01")
FACTS = len(UNITS) * len(INDICATORS)
WAIT = 60  # seconds for a process to end


def _write(folder: Path, number: int) -> Path:
    """A file whose every figure is its own number; each tenth is a workbook."""
    rows = [["unit", "indicator", "result"]]
    rows += [[unit, code, str(number)] for unit in UNITS for code in INDICATORS]
    path = folder / f"{number}.{'csv' if number % 10 else 'xlsx'}"
    path.write_bytes(build.csv_text(rows).encode() if number % 10 else build.xlsx(("Biểu", rows)))
    return path


def _load(database: str, path: str) -> None:
    os.environ["DANVAN_DATABASE"] = database
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    main(["load", path, "--year", "2022"])


def kill_loads(folder: Path) -> int:
    """How many of the loads were stored; an assertion fails where one is there in part."""
    context = get_context("forkserver")  # forks of one process that has everything imported
    context.set_forkserver_preload(["danvan.cli", "tests.workbooks.building"])
    database = folder / "danvan.db"
    store = open_store(str(database))
    shipped.fill(store)

    def load(number: int, killed_after: float | None) -> float:
        arguments = (str(database), str(_write(folder, number)))
        process = context.Process(target=_load, args=arguments)
        begun = perf_counter()
        process.start()
        process.join(WAIT if killed_after is None else killed_after)
        if killed_after is not None:
            process.kill()
            process.join(WAIT)
        return perf_counter() - begun

    load(LOADS + 1, None)  # the first one starts the server of forks
    whole = load(LOADS + 2, None)
    chance, stored = random.Random(2022), 0
    for number in range(LOADS):
        before = len(store.submissions())
        if number % 20:
            load(number, chance.uniform(0, 1.2 * whole))
        else:  # left to end: how long that takes changes with what else the machine does
            whole = load(number, None)
        found = store.figures(2022)
        came = len(store.submissions()) - before
        assert (came, (found["unit"].isin(UNITS) & (found["result"] == number)).sum()) in (
            (0, 0),
            (1, FACTS),
        )
        assert not store.faults()
        stored += came
    return stored


if __name__ == "__main__":
    print(kill_loads(Path(sys.argv[1])))
