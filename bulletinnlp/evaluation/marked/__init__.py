r"""The marked text: articles in a form that can be corrected by hand in any editor, with all that is found in them.

What `bulletinnlp annotate` writes, what the corpus and the articles in `training` are written in, and what tests use.

| to see | open |
| --- | --- |
| marks, cells, lines of events, quotations by their words | `grammar.py` |
| how files become articles, and what is said of wrong ones | `reading.py` |
| how articles become files | `writing.py` |
| a `Doc` with all that is marked, as input for a stage | `gold_docs.py` |

    # a note; notes are passed over
    %%%                                                      an article begins
    id: 2022-11-29#1                                         its id in the tables
    at: 12-655                                               where it stands on its page
    published: 2022-11-29                                    also paper, home, kind (article, photo, brief)
    headline: [P:孙乐文]的一天                                   also banner, eyebrow, dateline, byline
    byline: （融媒体记者 全兴社）
    body:                                                    a paragraph a line
    [T:11月28日=DATE=2022-11-28]，[P:孙乐文]和志愿者在[L:仙庄村]消杀。“大家辛苦了！”[R:该村=仙庄村]书记[P:孙乐文]说。
    contributors:                                            name | role | outlet
    全兴社 | reporter | 融媒体
    roles:                                                   person | title beside the name | body or place
    孙乐文 | 书记 | 仙庄村
    quotes:                                                  speaker | first words | last words
    孙乐文 | 大家辛苦了！ |
    events:                                                  an event a line, below its sentence
    # S1 11月28日，孙乐文和志愿者在仙庄村消杀。
    S1 | 消杀 | 孙乐文;~志愿者 |  |  | 11月28日 | 仙庄村 | health | main

- Marks: `[P:person]`, `[O:body]`, `[L:place]`, `[T:time=TYPE=value]` (TIMEX3; the type may be left out) and
  `[R:stand-in=the name that it stands for]`. They never nest, and stand in eyebrow, headline, dateline, body, byline.
- Fields and lists may be left out. A list whose head is there and which is empty says that there is none; a list whose
  head is not there was not annotated, is not scored, and nothing is learned from it.
- The last words of a quotation may be left out where the first are all of it. Of words that stand several times, the
  first behind the quotation before is meant, unless what stands before is given with a caret (`共^接待`); so with
  verbs.
- An event: sentence, verb, who, what, whom, when, where, type, flags (`main`, `planned`, `negative`). Several actors,
  recipients, places are parted by `;`, before an actor without a name stands `~`. The type may be given in Chinese, or
  by its first letters. The short lines of the annotated corpus (verb | who | what | when | where |
  main) are read, too.
- A backslash takes the special meaning of what follows away: `\[`, `\|`, `\#` at the beginning of a paragraph.
"""

from bulletinnlp.evaluation.marked.gold_docs import bare_doc, gold_doc
from bulletinnlp.evaluation.marked.reading import MarkedTextError, marked_files, parse_marked, read_marked
from bulletinnlp.evaluation.marked.writing import marked_text, write_marked

__all__ = [
    "MarkedTextError",
    "bare_doc",
    "gold_doc",
    "marked_files",
    "marked_text",
    "parse_marked",
    "read_marked",
    "write_marked",
]
