// What the article says: its head, and a section for each table. Every row lights up its evidence.

/** Let a node light evidence up under the pointer and in focus, and keep it lit when its button is pressed. */
function lights(node, handle, found) {
  const over = () => printed.light(found);
  const out = () => printed.light(state.kept?.found ?? null);
  // A row that comes to lie under a pointer at rest does not take the light; only mousemove is not fired for it.
  let under = false;
  node.addEventListener("mousemove", () => {
    if (!under) over();
    under = true;
  });
  node.addEventListener("mouseleave", () => {
    if (under) out();
    under = false;
  });
  node.addEventListener("focusin", over);
  node.addEventListener("focusout", out);
  handle.setAttribute("aria-pressed", "false");
  node.addEventListener("click", (event) => {
    if (event.target.closest("button") && !handle.contains(event.target)) return;
    if (getSelection().toString() && !handle.contains(event.target)) return;
    keep(handle, node, found);
  });
  node.classList.add("lights");
  return node;
}

/** Keep evidence lit until the same or another row is pressed. */
function keep(handle, node, found) {
  const same = state.kept?.handle === handle;
  letGo();
  if (same) {
    printed.light(found);
    address.write();
    return;
  }
  state.kept = { handle, node, found };
  state.event = node.dataset.event === undefined ? null : Number(node.dataset.event);
  handle.setAttribute("aria-pressed", "true");
  node.classList.add("kept");
  shine(found);
  address.write();
}

/** Light evidence up where it is seen, and read it out. */
function shine(found) {
  if (narrow()) showPane("page");
  printed.light(found);
  printed.reveal(found);
  say(words("shown", printed.text(found)));
}

function letGo() {
  state.kept?.handle?.setAttribute("aria-pressed", "false");
  state.kept?.node?.classList.remove("kept");
  state.kept = null;
  state.event = null;
  printed.light(null);
}

function showReading(article) {
  const frame = byId("reading");
  if (article === null) {
    frame.replaceChildren(element("p", { class: "choose" }, words("choose")));
    return;
  }
  const rows = store.rows(article);
  const has = (table) => store.index.tables.includes(table);
  frame.replaceChildren(
    readingHead(article, rows),
    ...[
      has("events") ? eventSection(rows) : null,
      peopleSection(rows),
      timeSection(rows),
      nameSection(rows),
      tableSection("references", ["text", "stands_for"], rows.references, (row) => [[row.text], row.antecedent]),
      tableSection("quotes", ["speaker", "words"], rows.quotes, (row) => [
        [row.speaker ?? "—", row.cue ? element("span", { class: "facts" }, ` ${row.cue}`) : null], row.text]),
      tableSection("contributors", ["name", "role", "outlet"], rows.bylines, (row) => [
        [row.name], element("span", { lang: language }, words(row.role)), row.outlet ?? ""]),
    ].filter(Boolean),
  );
  frame.scrollTop = 0;
}

function readingHead(article, rows) {
  const [row] = rows.articles;
  const about = store.index.pages[store.index.articles[article].page];
  const facts = [about.paper, row.published, row.article_id, row.kind === "article" ? null : words(row.kind)].filter(Boolean).join(" · ");
  const flags = (row.flags ?? []).map((flag) => element("li", {}, wordsOr(flag, flag)));
  const problems = store.problemsOf(store.index.articles[article].page, article).map(({ message }) => element("li", {}, message));
  return element(
    "header",
    { class: "reading-head" },
    row.banner ? zh("p", { class: "over-banner" }, row.banner) : null,
    row.eyebrow ? zh("p", { class: "over" }, row.eyebrow) : null,
    row.headline ? zh("h2", {}, row.headline) : element("h2", { class: "none" }, words("untitled")),
    element("p", { class: "facts" }, facts),
    toKnow([...flags, ...problems]),
  );
}

function toKnow(items) {
  if (!items.length) return null;
  return element("details", { class: "problems" }, element("summary", {}, counted("problem", items.length)), element("ul", {}, items));
}

function section(key, count, ...content) {
  const id = `section-${key}`;
  return element(
    "section",
    { "aria-labelledby": id, class: `part ${key}` },
    element("h3", { id }, words(key), " ", element("span", { class: "count" }, String(count))),
    content,
  );
}

/** A table whose rows light up. `cells` gives a row's cells, the first one as what its button shows. */
function table(key, heads, rows, cells, found = (row) => evidence([spanOf(row)])) {
  const lines = rows.map((row) => {
    const [first, ...rest] = cells(row);
    const handle = button({ class: "show" }, first);
    const line = element("tr", {}, zh("th", { scope: "row" }, handle), rest.map((cell) => zh("td", {}, cell)));
    return lights(line, handle, found(row));
  });
  return element(
    "table",
    { "aria-label": words(key) },
    element("thead", {}, element("tr", {}, heads.map((head) => element("th", { scope: "col" }, head ? words(head) : "")))),
    element("tbody", {}, lines),
  );
}

const tableSection = (key, heads, rows, cells, found) =>
  rows.length ? section(key, rows.length, table(key, heads, rows, cells, found)) : null;

/** A small button that asks for all articles with an entity. */
function elsewhere(entity) {
  if (entity === null) return null;
  const label = words("all_with", store.index.entities[entity][1]);
  return button({ class: "elsewhere", title: label, "aria-label": label, onclick: () => finder.wantEntity(entity) });
}

/** Persons with their titles, in the order of the text. */
function peopleSection(rows) {
  const people = new Map();
  const person = (name) => {
    if (!people.has(name)) people.set(name, { name, entity: null, mentions: [], titles: [] });
    return people.get(name);
  };
  for (const mention of rows.mentions.filter(({ label }) => label === "PER")) {
    const known = mention.entity === null ? mention.text : store.index.entities[mention.entity][1];
    const entry = person(rows.roles.some((role) => role.person === mention.text) ? mention.text : known);
    entry.entity ??= mention.entity;
    entry.mentions.push(mention);
  }
  for (const role of rows.roles) person(role.person).titles.push(role);
  const titles = ({ titles }) => element("ul", { class: "titles" }, titles.map((role) => element("li", {},
    role.title, role.organisation ? element("span", { class: "facts" }, ` ${role.organisation}`) : null)));
  const found = ({ mentions, titles }) => evidence(mentions.map(spanOf), titles.map(spanOf));
  return tableSection("people", ["name", "titles", "times_named", ""], [...people.values()],
    (row) => [[row.name], titles(row), String(row.mentions.length), elsewhere(row.entity)], found);
}

/** Bodies and places, each once. */
function nameSection(rows) {
  const names = new Map();
  for (const mention of rows.mentions.filter(({ label }) => label !== "PER")) {
    const key = `${mention.label} ${mention.entity ?? mention.text}`;
    if (!names.has(key)) names.set(key, { ...mention, forms: new Set(), mentions: [] });
    names.get(key).forms.add(mention.text);
    names.get(key).mentions.push(mention);
  }
  const region = ({ entity }) => (entity === null ? "" : store.index.entities[entity][3] ?? "");
  return tableSection("names", ["name", "kind", "times_named", "region", ""], [...names.values()], (row) => [
    [[...row.forms].join("、")],
    element("span", { class: `mark ${row.label}`, lang: language }, words(`one_${row.label}`)),
    String(row.mentions.length), element("span", { class: "facts" }, region(row)), elsewhere(row.entity),
  ], (row) => evidence(row.mentions.map(spanOf)));
}
