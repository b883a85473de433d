// What is shown now, and how one gets from one thing to the next.

const state = { page: 0, article: null, kept: null };

const narrow = () => matchMedia("(max-width: 759px)").matches;

/** On windows that do not hold all three panes: which one is shown. */
function showPane(pane) {
  document.body.dataset.pane = pane;
  for (const node of document.querySelectorAll("[data-pane-button]")) {
    node.setAttribute("aria-pressed", String(node.dataset.paneButton === pane));
  }
}

/** Show an article: its page, its marks, what it says. */
function open(article, toReading = false) {
  letGo();
  state.article = article;
  state.page = store.index.articles[article].page;
  showPageHead(state.page);
  printed.show(state.page, article);
  printed.reveal(null);
  showReading(article);
  finder.reveal();
  history.replaceState(null, "", `#${encodeURIComponent(store.index.articles[article].id)}`);
  if (narrow() || toReading || document.body.dataset.pane === "list") showPane("reading");
  const { head } = store.index.articles[article];
  document.title = `${head || words("untitled")} · bulletinnlp`;
  say(head || words("untitled"));
}

/** Show a page without choosing an article. */
function openPage(page) {
  letGo();
  state.article = null;
  state.page = page;
  showPageHead(page);
  printed.show(page, null);
  byId("printed").scrollTop = 0;
  showReading(null);
  finder.current();
}

function articleOfHash() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  const found = store.index.articles.findIndex(({ id }) => id === wanted);
  return found < 0 ? null : found;
}

function showAll() {
  putWords();
  const papers = [...new Set(store.index.pages.map(({ paper }) => paper).filter(Boolean))];
  byId("title").textContent = papers.length && papers.length < 4 ? papers.join(" · ") : "bulletinnlp";
  const of = (label) => number(store.index.entities.filter(([kind]) => kind === label).length);
  const events = store.index.articles.reduce((sum, article) => sum + article.events, 0);
  byId("counts").textContent = words("counts", number(store.index.pages.length), number(store.index.articles.length),
    of("PER"), of("ORG"), of("PLACE"), number(events));
  showLegend();
  finder.build();
  finder.search();
  if (!store.index.pages.length) return;
  if (state.article === null) openPage(state.page);
  else open(state.article);
}

byId("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  const pane = document.body.dataset.pane;
  showAll();
  showPane(pane);
});
for (const node of document.querySelectorAll("[data-pane-button]")) {
  node.addEventListener("click", () => showPane(node.dataset.paneButton));
}
// A click anywhere in a printed article chooses it, unless it ends a selection of text.
byId("printed").addEventListener("click", (event) => {
  const block = event.target.closest(".piece-of");
  if (block && !getSelection().toString() && Number(block.dataset.article) !== state.article) open(Number(block.dataset.article));
});
addEventListener("hashchange", () => {
  const article = articleOfHash();
  if (article !== null && article !== state.article) open(article);
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.kept && !event.isComposing) {
    const { handle } = state.kept;
    letGo();
    if (narrow()) showPane("reading");
    handle.focus();
  }
});

language = store.index.language ?? (navigator.language.startsWith("zh") ? "zh" : "en");
state.article = articleOfHash();
showAll();
showPane(state.article === null ? "list" : "reading");
