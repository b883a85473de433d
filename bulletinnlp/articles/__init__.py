"""The article splitter: a page in, segments that tile it and articles out.

>>> from bulletinnlp.pages.page import Page
>>> page = Page("p1", "我区开展线上巡课\\n\\n东昌府讯 近日，我区开展线上巡\\n\\n课。\\n\\n(区教体局)")
>>> article = split(page).articles[0]
>>> article.headline, article.dateline, article.body, article.byline
('我区开展线上巡课', '东昌府讯', '近日，我区开展线上巡课。', '(区教体局)')
"""

from bulletinnlp.articles.article import Alignment, Article, ArticleKind, Segment, SegmentKind
from bulletinnlp.articles.splitter import Split, split

__all__ = ["Alignment", "Article", "ArticleKind", "Segment", "SegmentKind", "Split", "split"]
