// What the reader should know, by the stage that says it, and by the marks that the splitter puts on articles.

const PROBLEMS_SHOWN = 100;

function problemList() {
  const shown = new Set(sight.articles);
  const pages = new Set(sight.articles.map((article) => store.index.articles[article].page));
  const whole = shown.size === store.index.articles.length;
  const rows = store.index.problems.filter(({ page, article }) => whole || (article === null ? pages.has(page) : shown.has(article)));
  const marked = sight.articles.flatMap((article) => store.index.articles[article].flags.map((flag) => ({ flag, article, page: store.index.articles[article].page })));
  const kinds = [
    ...grouped(rows, ({ stage }) => stage).map(([stage, some]) => [wordsOr(`stage_${stage}`, capital(stage)), some.map((row) => [row, row.message])]),
    ...grouped(marked, ({ flag }) => flag).map(([flag, some]) => [words("flagged", wordsOr(flag, flag)), some.map((row) => [row, store.index.articles[row.article].head || words("untitled")])]),
  ];
  if (!kinds.length) return null;
  return panel("to_know", words("to_know_note", number(rows.length), number(marked.length)), kinds.map(([name, some]) => element("details", { class: "kind" },
    element("summary", {}, name, " ", element("span", { class: "count" }, number(some.length))),
    element("ul", {}, some.slice(0, PROBLEMS_SHOWN).map(([row, text]) => element("li", {},
      row.page === null ? zh("span", {}, text)
        : button({ onclick: () => toProblem(row) }, zh("span", {}, text), element("span", { class: "facts" }, ` ${store.index.pages[row.page].page_id}`))))))));
}

const capital = (text) => String(text ?? "—").replace(/^./u, (letter) => letter.toUpperCase());

function toProblem({ article, page }) {
  if (article !== null) return open(article);
  return address.together(() => {
    openPage(page);
    showPane(narrow() ? "page" : "list");
  });
}

/** Rows by a key, the largest group first. */
function grouped(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}
