"""What comes with the product: the catalogue and the first real figures, for an empty store."""

from __future__ import annotations

from pathlib import Path

from danvan import intake
from danvan.catalogue import Line, read_catalogue, read_lines
from danvan.errors import CatalogueError
from danvan.model import Catalogue, Channel, Document, File, Submission, YearRule
from danvan.store import Store

FOLDER = Path(__file__).parent.parent / "data"
SOURCE = ("file", "year", "title", "number", "date", "issuer")
PERSON = "danvan"


def fill(store: Store, folder: Path = FOLDER) -> None:
    """Put the shipped catalogue and figures into a store that has nothing yet.

    Raises CatalogueError where a shipped file is broken; nothing is stored then.
    """
    if store.revision() > 0:
        return
    catalogue = read_catalogue(folder)
    sources = read_lines(folder / "sources.csv", SOURCE)
    years = {line.whole("year") or 0 for line in sources}
    frame = [
        Submission(person=PERSON, channel=Channel.CATALOGUE, catalogue=catalogue),
        Submission(
            person=PERSON, channel=Channel.YEAR, years=tuple(YearRule(y) for y in sorted(years))
        ),
    ]
    figures = [_figures(line, folder, catalogue) for line in sources]
    # another process may have filled it since: then there is nothing left to do
    store.submit([*frame, *figures], only_at=0)


def _figures(line: Line, folder: Path, catalogue: Catalogue) -> Submission:
    path = folder / line.required("file")
    if not path.is_file():
        raise CatalogueError("catalogue_missing", file=path.name, folder=folder)
    file = File(path.name, path.read_bytes())
    reading = intake.read(file, catalogue, line.whole("year") or 0)
    for problem in reading.problems:
        raise CatalogueError("shipped_figures", sentence=problem.sentence())
    document = Document(
        line.required("title"), line.text("number"), line.day("date"), line.text("issuer")
    )
    return Submission(
        person=PERSON,
        channel=Channel.SHIPPED,
        document=document,
        files=(file,),
        facts=reading.facts,
    )
