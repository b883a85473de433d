"""Counting: what the view and the plots show of the tables, by the same rules.

| to see … | open |
| --- | --- |
| whose events they are; which names and entities stand in them | `event_index` |
| which days an event or an article is of | `days` |
| where a place stands on a map | `map_points` |
"""
