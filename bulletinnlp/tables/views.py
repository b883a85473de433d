"""Views that a database of the tables comes with: `who_did_what`, an event a row, and `people`, a person a row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

#: How a list is shown as text; the sets of titles and bodies of a person as text.
_DIALECT = {
    "duckdb": {
        "list": "array_to_string({}, '；')",
        "set": "string_agg(DISTINCT {0}, '；' ORDER BY {0})",
    },
    "sqlite": {
        "list": "(SELECT group_concat(value, '；') FROM json_each({}))",
        "set": "replace(group_concat(DISTINCT {}), ',', '；')",
    },
}


def views(tables: Collection[str], dialect: Literal["duckdb", "sqlite"]) -> Iterator[str]:
    """The statements that make the views for which there are tables."""
    as_text, as_set = _DIALECT[dialect]["list"].format, _DIALECT[dialect]["set"].format
    if {"events", "articles"} <= set(tables):
        yield f"""
            CREATE VIEW who_did_what AS
            SELECT a.page_id, a.published, a.headline, e.main, e.type,
                   {as_text("e.who")} AS who, e."trigger", e.what, {as_text("e.whom")} AS whom,
                   e."when", e.value, e."begin", e.until, {as_text('e."where"')} AS "where", e.adcode,
                   e.polarity, e.modality, e.sentence, e.event_id, e.article_id, e.start, e."end"
            FROM events AS e JOIN articles AS a ON a.article_id = e.article_id
        """
    if "entities" in tables:
        yield f"""
            CREATE VIEW people AS
            SELECT n.name, {as_text("n.aliases")} AS aliases, r.titles, r.organisations, n.mentions, n.articles,
                   n.entity_id
            FROM entities AS n {
            _ROLES.format(titles=as_set("title"), organisations=as_set("organisation"))
            if "roles" in tables
            else _NO_ROLES
        }
            WHERE n.label = 'PER'
        """


_ROLES = """LEFT JOIN (
    SELECT person_id, {titles} AS titles, {organisations} AS organisations FROM roles GROUP BY person_id
) AS r ON r.person_id = n.entity_id"""
_NO_ROLES = "LEFT JOIN (SELECT NULL AS titles, NULL AS organisations) AS r ON 1 = 1"
