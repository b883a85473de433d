// The overview: what the articles in sight tell, counted. Whatever is counted can be pressed, and leads to its events.

function showOverview() {
  const has = (table) => store.index.tables.includes(table);
  byId("overview").replaceChildren(
    ...[
      element("header", { class: "overview-head" }, element("h2", { class: "unseen" }, words("pane_overview")), figures(), chips()),
      has("events") || has("times") ? timeline() : null,
      has("events") ? actorTable() : null,
      has("events") ? map() : null,
      has("roles") ? officeTable() : null,
      has("events") ? network() : null,
      has("problems") ? problemList() : null,
    ].filter(Boolean),
  );
}

/** How much is in sight. */
function figures() {
  const { articles, events } = sight;
  const count = (test) => events.filter(test).length;
  const told = store.index.tables.includes("events") ? [
    ["figure_events", events.length], ["figure_main", count((event) => event.main)],
    ["figure_named", count((event) => event.named)], ["figure_dated", count((event) => event.first !== null)],
    ["figure_not_actual", count((event) => event.polarity === "negative" || (event.modality ?? "actual") !== "actual")],
  ] : [];
  return element("dl", { class: "figures" }, [["figure_articles", articles.length], ...told].map(([key, many]) =>
    element("div", {}, element("dt", {}, words(key)), element("dd", {}, number(many)))));
}

/** The filters that are set, each with a button that takes it away. */
function chips() {
  const set = Object.entries(finder.wanted).flatMap(([key, value]) => [value].flat().filter((one) => !isEmpty(one)).map((one) => [key, one]));
  if (!set.length) return element("p", { class: "chips", hidden: true });
  return element("p", { class: "chips", role: "group", "aria-label": words("filters") }, set.map(([key, value]) => {
    const told = key === "named" ? words("named") : `${words(`chip_${key}`)} `;
    const away = () => {
      finder.wantAll({ [key]: Array.isArray(finder.wanted[key]) ? finder.wanted[key].filter((one) => one !== value) : nothing()[key] });
      byId(document.body.dataset.pane === "events" ? "sheet" : "overview").focus();
    };
    const what = key === "named" ? null : element("b", ["from", "to"].includes(key) ? {} : { lang: "zh" }, chipValue(key, value));
    return button({ class: "chip", onclick: away, "aria-label": words("clear_one", `${told}${what?.textContent ?? ""}`) }, told, what, " ×");
  }));
}

function chipValue(key, value) {
  if (key === "type") return wordsOr(`type_${value}`, value);
  if (key === "from" || key === "to") return readable(value) ?? value;
  return labels(key)?.[value] ?? value;
}

/** A section of the overview: a heading, a line on how to read it, and the content. */
function panel(key, note, ...content) {
  const id = `panel-${key}`;
  return element("section", { class: `panel ${key}`, "aria-labelledby": id },
    element("h3", { id }, words(`panel_${key}`)), note ? element("p", { class: "note" }, note) : null, content);
}

/** Show the events of a filter. */
function toEvents(filter) {
  address.together(() => {
    finder.wantAll(filter);
    showPane("events");
  });
  byId("sheet").querySelector("tbody .show")?.focus();
}

/** Things with a number, as bars that can be pressed: [label, many, act]. The bars are drawn over a common scale. */
function bars(rows, most = rows[0]?.[1] ?? 1) {
  return element("ol", { class: "bars" }, rows.map(([label, many, act]) => {
    const bar = element("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${(100 * many) / most}%`;
    return element("li", {}, button({ onclick: act }, zh("span", { class: "label" }, label), element("span", { class: "many" }, number(many)), bar));
  }));
}

/** A list that begins with some rows; a button shows the rest, at most so many at a time. */
function longList(make, rows, first) {
  const place = element("div", {});
  const show = (many) => {
    place.replaceChildren(make(rows.slice(0, many)));
    if (rows.length > many) place.append(button({ class: "quiet more", onclick: () => { show(many + 4 * first); place.querySelectorAll("button")[0]?.focus(); } }, words("more", number(rows.length - many))));
  };
  show(first);
  return place;
}
