// Finding articles: filters over the index, and the list of what fits, a page of it at a time.

const PER_PAGE = 40;
const KINDS = { person: "PER", body: "ORG", place: "PLACE" };

const finder = {
  wanted: nothing(),
  fitting: [],
  at: 0,
  choosers: {},

  build() {
    const types = [...new Set(store.index.articles.flatMap((article) => article.types))].sort();
    const text = element("input", { type: "search", id: "f-headline", oninput: (e) => this.want("headline", e.target.value.trim()) });
    text.value = this.wanted.headline;
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
      field("headline", text),
      ...choosers,
      ...(has("events") && types.length ? [field("type", type), element("div", { class: "check" }, named, element("label", { for: "f-named" }, words("named")))] : []),
      ...(has("times") ? [element("div", { class: "days" }, day("from"), day("to"))] : []),
    );
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

  want(key, value) {
    this.wanted[key] = value;
    this.search();
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
    this.want(key, entity);
    showPane("list");
    byId("results").querySelector("button")?.focus();
  },

  clear() {
    this.wanted = nothing();
    this.build();
    this.search();
    letGo();
    showReading(state.article);
    byId("f-headline").focus();
  },

  search() {
    this.fitting = [...store.index.articles.keys()].filter((n) => fits(store.index.articles[n], this.wanted));
    this.at = 0;
    this.list();
    byId("clear").hidden = Object.values(this.wanted).every((value) => !value && value !== 0);
  },

  list() {
    byId("found").textContent = words("found", number(this.fitting.length), number(store.index.articles.length));
    const some = this.fitting.slice(this.at, this.at + PER_PAGE);
    byId("results").start = this.at + 1;
    byId("results").replaceChildren(
      ...(some.length ? some.map(hit) : [element("li", { class: "none" }, words("none_found"))]),
    );
    this.current();
    const pages = Math.ceil(this.fitting.length / PER_PAGE);
    const go = (step) => () => {
      this.at += step * PER_PAGE;
      this.list();
      byId("results").querySelector("button")?.focus();
    };
    byId("pager").hidden = pages < 2;
    byId("pager").replaceChildren(
      button({ disabled: this.at === 0, onclick: go(-1) }, words("previous")),
      element("span", {}, words("page_of", number(this.at / PER_PAGE + 1), number(pages))),
      button({ disabled: this.at + PER_PAGE >= this.fitting.length, onclick: go(1) }, words("next")),
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
    const place = this.fitting.indexOf(state.article);
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

/** What is wanted before a filter is set. */
function nothing() {
  return { headline: "", person: null, body: null, place: null, type: "", named: false, from: "", to: "" };
}

function fits(article, wanted) {
  if (wanted.headline && !(article.head + (article.eyebrow ?? "")).includes(wanted.headline)) return false;
  if (wanted.type && !article.types.includes(wanted.type)) return false;
  if (wanted.named && !article.named) return false;
  for (const key of Object.keys(KINDS)) {
    if (wanted[key] !== null && !article.entities.includes(wanted[key])) return false;
  }
  const first = wanted.from || "0";
  const last = wanted.to || "9999-99";
  return !(wanted.from || wanted.to) || article.days.some(([begin, end]) => begin <= last && end >= first);
}

function hit(n) {
  const article = store.index.articles[n];
  const people = article.entities.filter((entity) => store.index.entities[entity][0] === "PER").length;
  const facts = [
    words("page_n", number(article.page + 1)),
    article.published,
    article.kind === "article" ? null : words(article.kind),
    article.events ? counted("event", article.events) : null,
    people ? counted("person", people) : null,
  ];
  return element(
    "li",
    {},
    button(
      { class: "hit", "data-article": n, onclick: () => open(n, true) },
      article.eyebrow ? zh("span", { class: "over" }, article.eyebrow) : null,
      zh("span", { class: "head" }, article.head || words("untitled")),
      element("span", { class: "facts", title: store.index.pages[article.page].page_id }, facts.filter(Boolean).join(" · ")),
    ),
  );
}
