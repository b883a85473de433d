"""Documents: PDF, Word and HTML files as pages. Needs the extra `files`.

| to see … | open |
| --- | --- |
| which file is read by which module | `formats` |
| what is read of a document, and why one can not be read | `document` |
| PDF: one page for each page (`Page.leaf`) | `pdf` |
| Word (.docx): one page | `word` |
| web pages (.html, .htm): one page, which is one article | `html_articles` |

From a page of a PDF to its text:

| step | open |
| --- | --- |
| characters with their places, out of pypdfium2 or out of a scan | `glyphs`, `ocr` |
| characters to runs: pieces of a line without a gap | `text_runs` |
| running heads and feet apart from the text | `running_heads` |
| runs to blocks in reading order | `layout_boxes`, `headlines`, `xy_cut` |
| lines of a block to paragraphs | `paragraphs` |
| a page without text: blank, or damaged | `content_streams` |
"""
