// What is shown now, and how one gets from one thing to the next.

const state = { page: 0, article: null, event: null, kept: null };

const narrow = () => matchMedia("(max-width: 759px)").matches;
const wide = () => matchMedia("(min-width: 1180px)").matches;

/** The panes that are parts of one view. */
const paneGroup = (pane) => (["list", "page", "reading"].includes(pane) ? "articles" : pane);

/** The overview and the table of events: drawn when they are seen, and anew when the filters have changed. */
const screens = {
  stale: new Set(),

  changed() {
    this.stale = new Set(["overview", "events"]);
    this.draw();
  },

  draw() {
    const pane = document.body.dataset.pane;
    if (!this.stale.delete(pane)) return;
    if (pane === "overview") showOverview();
    else showSheet();
  },
};

/** Which pane is shown; windows that hold all three panes of the articles' view show them together. */
function showPane(pane) {
  document.body.dataset.pane = pane;
  for (const node of document.querySelectorAll("[data-pane-button]")) {
    const own = node.dataset.paneButton;
    node.setAttribute("aria-pressed", String(own === pane || (wide() && own === "list" && paneGroup(pane) === "articles")));
  }
  screens.draw();
}

/** Show an article: its page, its marks, what it says. */
function open(article, toReading = false) {
  letGo();
  state.article = article;
  state.page = store.index.articles[article].page;
  showPageHead(state.page);
  printed.show(state.page, article);
  showReading(article);
  finder.reveal();
  if (narrow() || toReading || paneGroup(document.body.dataset.pane) !== "articles" || document.body.dataset.pane === "list") showPane("reading");
  printed.reveal(null);
  const { head } = store.index.articles[article];
  document.title = `${head || words("untitled")} · bulletinnlp`;
  say(head || words("untitled"));
  address.write();
}

/** Open an article with one of its events lit up. */
function openEvent(article, n) {
  address.together(() => {
    open(article);
    const node = byId("reading").querySelector(`[data-event="${n}"]`);
    if (!node) return;
    node.querySelector(".show").click();
    node.scrollIntoView({ block: "nearest" });
    if (!narrow()) node.querySelector(".show").focus({ preventScroll: true });
  });
}

/** Open an article with some evidence lit up that no row of its own stands for. */
function openAt(article, found) {
  open(article);
  state.kept = { handle: null, node: null, found };
  shine(found);
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
  address.write();
}

function showAll() {
  putWords();
  const papers = [...new Set(store.index.pages.map(({ paper }) => paper).filter(Boolean))];
  byId("title").textContent = papers.length && papers.length < 4 ? papers.join(" · ") : "bulletinnlp";
  const of = (label) => number(store.index.entities.filter(([kind]) => kind === label).length);
  byId("counts").textContent = words("counts", number(store.index.pages.length), number(store.index.articles.length),
    of("PER"), of("ORG"), of("PLACE"), number(store.events.length));
  byId("switch-events").hidden = !store.index.tables.includes("events");
  showLegend();
  finder.build();
  finder.search();
}

/** Show what the address asks for. */
function follow() {
  const { article, event, pane, wanted, missing } = address.read();
  address.reading = true;
  finder.wanted = wanted;
  finder.build();
  finder.search();
  if (article !== null && event !== null) openEvent(article, event);
  else if (article !== null) open(article);
  else if (store.index.pages.length) openPage(state.page);
  const group = pane ?? (article === null ? "overview" : "articles");
  if (group !== "articles") showPane(group);
  else if (paneGroup(document.body.dataset.pane) !== "articles" || article === null) showPane(article === null ? "list" : "reading");
  if (article !== null && event !== null && group === "articles" && narrow()) {
    showPane("reading");
    byId("reading").querySelector(".kept")?.scrollIntoView({ block: "start" });
  }
  tellMissing(missing);
  address.reading = false;
}

/** A line that says that an address leads nowhere. */
function tellMissing(id) {
  byId("missing").hidden = id === null;
  byId("missing").textContent = id === null ? "" : words("missing", id);
}

byId("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  showAll();
  if (state.article !== null) {
    const { event } = state;
    const { pane } = document.body.dataset;
    if (event === null) open(state.article);
    else openEvent(state.article, event);
    showPane(pane);
  } else if (store.index.pages.length) openPage(state.page);
});
for (const node of document.querySelectorAll("[data-pane-button]")) {
  node.addEventListener("click", () => {
    showPane(node.dataset.paneButton);
    address.write();
  });
}
for (const node of document.querySelectorAll("[data-skip]")) {
  node.addEventListener("click", () => {
    showPane(node.dataset.skip);
    byId({ list: "f-words", page: "printed", reading: "reading" }[node.dataset.skip]).focus();
  });
}
// A click anywhere in a printed article chooses it, unless it ends a selection of text.
byId("printed").addEventListener("click", (event) => {
  const block = event.target.closest(".piece-of");
  if (block && !getSelection().toString() && Number(block.dataset.article) !== state.article) open(Number(block.dataset.article));
});
addEventListener("hashchange", () => {
  if (location.hash !== address.written) follow();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.kept && !event.isComposing) {
    const { handle } = state.kept;
    letGo();
    address.write();
    if (narrow()) showPane("reading");
    handle?.focus();
  }
});

language = store.index.language ?? (navigator.language.startsWith("zh") ? "zh" : "en");
showAll();
follow();
