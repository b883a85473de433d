"""Articles that another article interrupts, rejoined; those that stay broken are flagged.

An article that breaks off in mid-sentence, and text without a headline further down that begins in mid-sentence,
belong together: columns run on behind a picture and its caption, or behind a box. They are joined where the evidence is
good (a word is broken between them; or the text begins as no article begins), else the article is flagged.
"""

from __future__ import annotations

import regex

from bulletinnlp.articles.drafts import Draft
from bulletinnlp.articles.headings import headline_score, opens_like_body
from bulletinnlp.articles.line_continuation import WordBreaks, never_begins
from bulletinnlp.articles.lines import Line
from bulletinnlp.articles.signatures import is_photo

#: An interrupted article lies at most so many articles, or so many lines, further back.
_BACK = 6

#: Running text has these; a list of names or a telephone number that ends an article has not broken off.
_RUNNING = regex.compile("[，。,！？!?“”]")


def rejoin(drafts: list[Draft], breaks: WordBreaks) -> list[Draft]:
    """Join what was interrupted, flag what stays broken."""
    kept: list[Draft] = []
    for draft in drafts:
        interrupted = _interrupted(kept[-1 - _BACK : -1], draft, breaks)
        if interrupted is None and kept:
            caption = _caption_inside(kept[-1], draft, breaks)
            if caption is not None:
                interrupted = kept[-1]
                kept.append(caption)
        if interrupted is None:
            kept.append(draft)
        else:
            interrupted.go_on_with(draft)
    for draft in kept:
        if draft.first is not None and not draft.headed and _begins_in_middle(draft.first):
            draft.flag("broken_start")
        if draft.broken_line is not None and _RUNNING.search(draft.broken_line.text):
            draft.flag("broken_end")
    return kept


def _interrupted(before: list[Draft], draft: Draft, breaks: WordBreaks) -> Draft | None:
    """The article that goes on with this draft."""
    if draft.headed or draft.first is None:
        return None
    fresh = opens_like_body(draft.first.text)
    for earlier in reversed(before):
        if earlier.broken_line is not None:
            return earlier if not fresh or breaks.between(earlier.broken_line, draft.first) else None
    # Interrupted between two sentences: an article without its byline, and a byline without its article.
    if before and not fresh and draft.signed and not is_photo(draft.signed) and before[-1].lacks_byline:
        return before[-1]
    return None


def _caption_inside(before: Draft, draft: Draft, breaks: WordBreaks) -> Draft | None:
    """A caption that was taken for the end of the article it interrupts: cut out where the draft goes on with that.

    The article breaks off in mid-word before the caption, and the draft has the rest of the word.
    """
    first = draft.first
    if first is None or draft.headed or not is_photo(before.signed) or opens_like_body(first.text):
        return None
    for k in range(len(before.body) - 2, max(len(before.body) - 2 - _BACK, -1), -1):
        (line, _), (following, at) = before.body[k], before.body[k + 1]
        if line.closes or not breaks.between(line, first) or breaks.between(line, following):
            continue
        body = [(one, i - at) for one, i in before.body[k + 1 :]]
        caption = Draft([], before.pieces[at:], body=body, signed=before.signed)
        before.pieces, before.body, before.signed = before.pieces[:at], before.body[: k + 1], ""
        if len(body) > 1 and not following.closes and headline_score(following.text) > -1:
            caption.pieces = [p._replace(kind="headline") if p.start < following.end else p for p in caption.pieces]
            del caption.body[0]
            caption.headed = True
        return caption
    return None


def _begins_in_middle(line: Line) -> bool:
    """Whether a text begins as no text begins."""
    head = line.text[:120]
    first = head.find("”")
    return never_begins(line.text) or (first >= 0 and "“" not in head[:first])
