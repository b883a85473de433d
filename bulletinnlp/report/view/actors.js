// Who acts most: a row for each name, a column for each type of event; a number opens its events.

const ACTORS_FIRST = 12;
/** Columns of types; a narrow window has room for fewer. */
const TYPES_SHOWN = 8;
const TYPES_NARROW = 3;

function actorTable() {
  const counts = ranked(sight.events.flatMap(({ who }) => who));
  if (!counts.length) return null;
  const known = new Set(counts.map(([name]) => name));
  const types = ranked(sight.events.filter(({ who, type }) => type && who.some((name) => known.has(name))).map(({ type }) => type)).map(([type]) => type).slice(0, narrow() ? TYPES_NARROW : TYPES_SHOWN);
  const others = new Set(sight.events.map(({ type }) => type).filter((type) => !types.includes(type)));
  const split = new Map(ranked(sight.events.flatMap(({ who, type }) => who.map((name) => `${name} ${type}`))));
  const most = [...split.values()].reduce((a, b) => Math.max(a, b), 1);
  const unnamed = sight.events.filter(({ named }) => !named).length;
  return panel("actors", words("actors_note", counted("event", unnamed)),
    element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": words("panel_actors") },
      longList((rows) => matrix(rows, types, [...others], split, most), counts, ACTORS_FIRST)));
}

function matrix(rows, types, others, split, most) {
  const heads = types.map((type) => element("th", { scope: "col" }, wordsOr(`type_${type}`, type)));
  if (others.length) heads.push(element("th", { scope: "col" }, words("other_types")));
  const left = (name) => others.reduce((sum, type) => sum + (split.get(`${name} ${type}`) ?? 0), 0);
  return element("table", { class: "matrix", "aria-label": words("panel_actors") },
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, words("who")), element("th", { scope: "col" }, words("all_events")), heads)),
    element("tbody", {}, rows.map(([name, many]) => element("tr", {},
      zh("th", { scope: "row" }, button({ onclick: () => toEvents({ actor: name }) }, store.name(name))),
      element("td", { class: "sum" }, number(many)),
      types.map((type) => matrixCell(name, type, split.get(`${name} ${type}`) ?? 0, most)),
      others.length ? element("td", { class: "rest" }, left(name) ? number(left(name)) : element("span", { class: "zero" }, "·")) : null))));
}

function matrixCell(name, type, many, most) {
  if (!many) return element("td", {}, element("span", { class: "zero" }, "·"));
  const label = words("actor_cell", store.name(name), counted("event", many), wordsOr(`type_${type}`, type));
  const made = button({ class: "cell", title: label, "aria-label": label, onclick: () => toEvents({ actor: name, type }) }, number(many));
  made.style.setProperty("--share", `${Math.round(10 + 45 * Math.sqrt(many / most))}%`);
  return element("td", {}, made);
}
