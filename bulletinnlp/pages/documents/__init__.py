"""Documents: PDF, Word and HTML files as pages. Needs the extra `files`.

| file | pages | module |
| --- | --- | --- |
| .pdf | one for each page of the PDF (`leaf`) | `pdf` |
| .docx | one | `word` |
| .html, .htm | one, which is one article | `web` |

`opening` says which file is read by which. From a page of a PDF to its text: `glyphs`, `fragments`, `heads`, `order`,
`paragraphs`.
"""
