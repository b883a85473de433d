// The events in sight, a row each with all their cells; a row opens its article with the event lit up.

const SHEET_ROWS = 40;
const SHEET_HEADS = [
  "event_id", "article_id", "page_id", "headline", "main", "named", "type", "trigger", "who", "actor_kind", "what", "whom",
  "when", "value", "where", "polarity", "modality", "score", "sentence",
];

const sheet = { at: 0, events: null };

function showSheet() {
  if (sheet.events !== sight.events) Object.assign(sheet, { at: 0, events: sight.events });
  const some = sheet.events.slice(sheet.at, sheet.at + SHEET_ROWS);
  byId("sheet").replaceChildren(
    element("header", { class: "sheet-head" },
      element("h2", {}, counted("event", sheet.events.length)),
      csvButton("events", SHEET_HEADS, () => sheet.events.map(sheetRow))),
    chips(),
    some.length ? sheetTable(some) : element("p", { class: "facts" }, words("no_events")),
    sheetPager(),
  );
}

function sheetRow(event) {
  const row = store.rowOf(event);
  const { id, page, head } = store.index.articles[event.article];
  const told = { ...row, article_id: id, page_id: store.index.pages[page].page_id, headline: head };
  return SHEET_HEADS.map((column) => told[column]);
}

function sheetTable(events) {
  const heads = ["who", "did", "whom", "when", "where", "kind", "in_article"];
  return element("table", { class: "sheet", "aria-label": words("events") },
    element("thead", {}, element("tr", {}, heads.map((head) => element("th", { scope: "col" }, words(head))))),
    element("tbody", {}, events.map(sheetLine)));
}

function sheetLine(event) {
  const row = store.rowOf(event);
  const handle = button({ class: "show" }, row.trigger);
  const cell = (key, ...content) => zh("td", { "data-head": words(key) }, element("div", {}, content));
  const line = element("tr", { class: "lights" },
    zh("th", { scope: "row", "data-head": words("who") }, element("div", { class: "who" }, actors(row))),
    cell("did", handle, " ", row.what ?? ""),
    cell("whom", row.whom.join("、") || "—"),
    cell("when", row.when ? [row.when, element("br"), timeCell(row.value, row.each)] : "—"),
    cell("where", row.where.join("、") || "—"),
    cell("kind", element("span", { class: "tags", lang: language }, tagsOf(row))),
    cell("in_article", store.index.articles[event.article].head || words("untitled")));
  line.addEventListener("click", () => getSelection().toString() || openEvent(event.article, event.n));
  return line;
}

function sheetPager() {
  const pages = Math.ceil(sheet.events.length / SHEET_ROWS);
  const go = (step) => () => {
    sheet.at += step * SHEET_ROWS;
    showSheet();
    byId("sheet").scrollTop = 0;
    byId("sheet").querySelector("tbody .show")?.focus();
  };
  return element("nav", { class: "pager", hidden: pages < 2, "aria-label": words("result_pages") },
    button({ disabled: sheet.at === 0, onclick: go(-1) }, words("previous")),
    element("span", {}, words("page_of", number(sheet.at / SHEET_ROWS + 1), number(pages))),
    button({ disabled: sheet.at + SHEET_ROWS >= sheet.events.length, onclick: go(1) }, words("next")));
}
