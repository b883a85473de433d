"""Views that a database of the tables comes with: `who_did_what`, an event a row, and `people`, a person a row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

#: How a list is shown as text; none is null.
_LIST = {
    "duckdb": "nullif(array_to_string({}, '；'), '')",
    "sqlite": "(SELECT group_concat(value, '；') FROM json_each({}))",
}


def views(tables: Collection[str], dialect: Literal["duckdb", "sqlite"]) -> Iterator[str]:
    """The statements that make the views for which there are tables."""
    as_text = _LIST[dialect].format
    if {"events", "articles"} <= set(tables):
        yield f"""
            CREATE VIEW who_did_what AS
            SELECT a.page_id, a.published, a.published_begin, a.headline, e.main, e.named, e.type,
                   {as_text("e.who")} AS who, e.actor_kind, e."trigger", e.what, {as_text("e.whom")} AS whom,
                   e."when", e.value, e."begin", e.until, {as_text('e."where"')} AS "where", e.adcode,
                   e.polarity, e.modality, e.sentence, e.event_id, e.article_id, e.start, e."end"
            FROM events AS e JOIN articles AS a ON a.article_id = e.article_id
        """
    if "entities" in tables:
        yield f"""
            CREATE VIEW people AS
            SELECT n.name, {as_text("n.aliases")} AS aliases, {_ROLES if "roles" in tables else _NO_ROLES},
                   n.mentions, n.articles, n.entity_id
            FROM entities AS n {_joined("title", "organisation") if "roles" in tables else ""}
            WHERE n.label = 'PER'
        """


_ROLES = "of_title.texts AS titles, of_organisation.texts AS organisations"
_NO_ROLES = "NULL AS titles, NULL AS organisations"


def _joined(*columns: str) -> str:
    """Joins the different titles, organisations … of each person, in order, as text.

    A window, since before version 3.44 SQLite can neither order what it gathers nor join different values by a ；.
    """
    return "".join(
        f"""
            LEFT JOIN (
                SELECT DISTINCT person_id, group_concat({column}, '；') OVER (
                    PARTITION BY person_id ORDER BY {column} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) AS texts FROM (
                    SELECT DISTINCT person_id, {column} FROM roles WHERE coalesce(status, 'held') <> 'removed'
                )
            ) AS of_{column} ON of_{column}.person_id = n.entity_id"""
        for column in columns
    )
