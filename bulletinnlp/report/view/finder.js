// Finding articles: the filters, and the list of what fits, a page of it at a time.

const PER_PAGE = 40;
const ARTICLE_HEADS = ["article_id", "page_id", "kind", "eyebrow", "headline", "published", "flags", "events"];
const KINDS = { person: "PER", body: "ORG", place: "PLACE" };

const finder = {
  wanted: nothing(),
  at: 0,
  choosers: {},

  build() {
    const types = store.index.types.filter(Boolean).sort();
    const look = (event) => event.isComposing || this.want("words", event.target.value.trim(), true);
    const text = element("input", { type: "search", id: "f-words", oninput: look, oncompositionend: look, onfocus: () => setTimeout(() => texts.read()) });
    text.value = this.wanted.words;
    const type = element(
      "select",
      { id: "f-type", onchange: (e) => this.want("type", e.target.value) },
      element("option", { value: "" }, words("any")),
      types.map((name) => element("option", { value: name, selected: name === this.wanted.type }, wordsOr(`type_${name}`, name))),
    );
    const day = (key) => {
      const input = element("input", { type: "date", id: `f-${key}`, onchange: (e) => this.want(key, e.target.value) });
      input.value = this.wanted[key];
      return field(key, input);
    };
    const named = element("input", { type: "checkbox", id: "f-named", checked: this.wanted.named, onchange: (e) => this.wantNamed(e.target.checked) });
    const has = (table) => store.index.tables.includes(table);
    const choosers = has("mentions") ? Object.entries(KINDS).map(([key, label]) => this.chooser(key, label)) : [];
    byId("filters").replaceChildren(
      field("search_words", text),
      ...choosers,
      ...(has("events") && types.length ? [field("type", type), element("div", { class: "check" }, named, element("label", { for: "f-named" }, words("named")))] : []),
      ...(has("times") ? [element("div", { class: "days" }, day("from"), day("to"))] : []),
    );
    byId("save-articles").replaceChildren(csvButton("articles", ARTICLE_HEADS, () => sight.articles.map(articleRow)));
    byId("filters").onsubmit = (event) => event.preventDefault();
    byId("clear").onclick = () => this.clear();
    byId("results").onkeydown = (event) => this.move(event);
  },

  chooser(key, label) {
    const numbers = [...store.index.entities.keys()].filter((n) => store.index.entities[n][0] === label);
    this.choosers[key] = new Chooser(key, numbers, (entity) => this.want(key, entity));
    this.choosers[key].set(this.wanted[key]);
    return this.choosers[key].node;
  },

  /** Set a filter; `replace` leaves no step to go back to. */
  want(key, value, replace = false) {
    this.wanted[key] = value;
    this.search();
    address.write(replace);
  },

  /** Set some filters at once, as a click in the overview does. */
  wantAll(some) {
    Object.assign(this.wanted, some);
    this.build();
    this.search();
    address.write();
  },

  /** Only events of which some actor has a name: in the list, and in what the article says. */
  wantNamed(named) {
    this.want("named", named);
    letGo();
    showReading(state.article);
  },

  /** Filter by an entity: from a row of the table that names it. */
  wantEntity(entity) {
    const label = store.index.entities[entity][0];
    const key = Object.keys(KINDS).find((name) => KINDS[name] === label);
    this.choosers[key].set(entity);
    showPane("list");
    this.want(key, entity);
    byId("results").querySelector("button")?.focus();
  },

  clear() {
    this.wanted = nothing();
    this.build();
    this.search();
    letGo();
    showReading(state.article);
    address.write();
    byId("f-words").focus();
  },

  search() {
    sight.update(this.wanted);
    this.at = 0;
    this.list();
    byId("clear").hidden = Object.values(this.wanted).every(isEmpty);
    screens.changed();
  },

  list() {
    byId("found").textContent = words("found", number(sight.articles.length), number(store.index.articles.length));
    const some = sight.articles.slice(this.at, this.at + PER_PAGE);
    byId("results").start = this.at + 1;
    byId("results").replaceChildren(
      ...(some.length ? some.map(hit) : [element("li", { class: "none" }, words("none_found"))]),
    );
    this.current();
    const pages = Math.ceil(sight.articles.length / PER_PAGE);
    const go = (step) => () => {
      this.at += step * PER_PAGE;
      this.list();
      byId("results").querySelector("button")?.focus();
    };
    byId("pager").hidden = pages < 2;
    byId("pager").replaceChildren(
      button({ disabled: this.at === 0, onclick: go(-1) }, words("previous")),
      element("span", {}, words("page_of", number(this.at / PER_PAGE + 1), number(pages))),
      button({ disabled: this.at + PER_PAGE >= sight.articles.length, onclick: go(1) }, words("next")),
    );
  },

  /** The arrows lead through the list. */
  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const hits = [...byId("results").querySelectorAll(".hit")];
    hits[hits.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
  },

  /** Bring the chosen article's part of the list, and the article in it, into sight. */
  reveal() {
    const place = sight.articles.indexOf(state.article);
    const at = place - (place % PER_PAGE);
    if (place >= 0 && at !== this.at) {
      this.at = at;
      this.list();
    }
    this.current();
    byId("results").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  },

  /** Mark the chosen article in the list. */
  current() {
    for (const node of byId("results").querySelectorAll("[data-article]")) {
      const chosen = Number(node.dataset.article) === state.article;
      if (chosen) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    }
  },
};

function field(key, input) {
  return element("div", { class: "field" }, element("label", { for: input.id }, words(key)), input);
}

/** An article as a row to take away. */
function articleRow(n) {
  const { id, page, kind, eyebrow, head, published, flags, events } = store.index.articles[n];
  return [id, store.index.pages[page].page_id, kind, eyebrow, head, published, flags, events.length];
}

function hit(n) {
  const article = store.index.articles[n];
  const people = article.entities.filter((entity) => store.index.entities[entity][0] === "PER").length;
  const facts = [
    words("page_n", number(article.page + 1)),
    article.published,
    article.kind === "article" ? null : words(article.kind),
    article.events.length ? counted("event", article.events.length) : null,
    people ? counted("person", people) : null,
  ];
  return element(
    "li",
    {},
    button(
      { class: "hit", "data-article": n, onclick: () => open(n, true) },
      article.eyebrow ? zh("span", { class: "over" }, article.eyebrow) : null,
      zh("span", { class: "head" }, article.head || words("untitled")),
      finder.wanted.words ? texts.extract(n, finder.wanted.words) : null,
      element("span", { class: "facts", title: store.index.pages[article.page].page_id }, facts.filter(Boolean).join(" · ")),
    ),
  );
}
