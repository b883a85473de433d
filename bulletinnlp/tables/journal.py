"""The journal of a run: the rows of each finished page, a line a page.

Entities are known only when the last page has been read (`EntityIndex.final`), so the tables are made in two steps.
While pages finish, their rows go into the journal, with the ids that each article's names have on their own. At the
end one pass over the journal learns which ids mean the same, and a second pass writes the tables with that applied.
Memory holds one page and the entities' counts, whatever the number of pages; a run that was stopped leaves a journal
whose whole lines are finished pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from bulletinnlp.identity.entities import EntityIndex
from bulletinnlp.tables.rows import Rows, mention_facts
from bulletinnlp.tables.schema import TABLES

#: The columns of each table that hold an entity's id.
ENTITY_COLUMNS = {
    table.name: [
        c.name
        for c in table.columns
        if c.name in ("entity_id", "person_id", "organisation_id", "speaker_id") and table.name != "entities"
    ]
    for table in TABLES.values()
}


class Journal:
    """Rows of pages on disk. `append` a page's rows; iterate to get them back, in the order of writing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def clear(self) -> None:
        """Begin anew."""
        self.path.unlink(missing_ok=True)

    def append(self, rows: Rows) -> None:
        """Add the rows of a page as one line."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(rows, ensure_ascii=False) + "\n")

    def __iter__(self) -> Iterator[Rows]:
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8") as file:
            for line in file:
                if line.endswith("\n"):  # a line without its end is a page that was cut off in writing
                    yield json.loads(line)


def finished(pages: Callable[[], Iterable[Rows]], index: EntityIndex) -> Iterator[Rows]:
    """The rows of each page with the entities' final ids, and in the end the rows of the table `entities`.

    `pages` gives the rows of all pages anew each time it is called.
    """
    for rows in pages():
        learn(rows, index)
    final = index.final()
    entities = [entity._asdict() for entity in index.rows()]
    known = {entity["entity_id"] for entity in entities}
    for rows in pages():
        for table, some in rows.items():
            for column in ENTITY_COLUMNS.get(table, ()):
                for row in some:
                    entity_id = final.get(row[column], row[column])
                    row[column] = entity_id if entity_id in known else None
        yield rows
    if known:
        yield {"entities": entities}


def learn(rows: Rows, index: EntityIndex) -> None:
    """Tell the index of the names in a page's rows."""
    home = next((page["home"] for page in rows.get("pages", ())), None)
    held: dict[str, list[tuple[str, str, str | None]]] = {}
    for role in rows.get("roles", ()):
        held.setdefault(role["article_id"], []).append((role["person"], role["title"], role["organisation"]))
    for article_id, mentions in groupby(rows.get("mentions", ()), key=lambda row: row["article_id"]):
        index.add_article(article_id, mention_facts(mentions, held.get(article_id, ())), home)
