"""The article splitter: a page in, segments that tile it and articles out.

>>> from bulletinnlp.pages.page import Page
>>> page = Page("p1", "我区开展线上巡课\\n\\n东昌府讯 近日，我区开展线上巡\\n\\n课。\\n\\n(区教体局)")
>>> article = split(page).articles[0]
>>> article.headline, article.dateline, article.body, article.byline
('我区开展线上巡课', '东昌府讯', '近日，我区开展线上巡课。', '(区教体局)')

`splitter` holds the steps, one after the other. To see why …

| | open |
| --- | --- |
| a headline, a banner, an eyebrow is taken for another | `headings` (its score), `line_labels` (what may follow) |
| a headline of two lines is cut, or takes in the line under it | `line_labels` (`_second_line`), `line_continuation` |
| a byline is missed, or something else taken for one | `signatures` (its score), `signature_words` (its words) |
| a dateline is missed, or the byline behind it | `datelines` |
| two articles run together, or one falls apart | `line_labels` (`TransitionScores`), `drafts` |
| an article that a picture or a box interrupts is not rejoined | `interruptions` |
| a paragraph breaks in mid-sentence, or two are one | `reflow`, `hard_wraps` (narrow columns) |
| sub-headings, rows of a table or verses are headlines | `body_blocks` |
| a masthead, an imprint, an advertisement is in an article, or text is `stray` | `page_furniture`, `splitter` |
| menus, dates or lists of a web page are in an article | `web_boilerplate`, `web_metadata` |
| text that an OCR repeats stays, or text that it does not is gone | `repeated_text` |
| lines of the page's text are merged, letterspaced, in odd characters | `merged_lines`, `plain_lines` |
| an article's offsets, segments or kind are wrong | `assembly`, `article`; of its Doc: `article_doc` |
"""

from bulletinnlp.articles.article import Alignment, Article, ArticleKind, Segment, SegmentKind, Split
from bulletinnlp.articles.splitter import split

__all__ = ["Alignment", "Article", "ArticleKind", "Segment", "SegmentKind", "Split", "split"]
