// Events and articles by day: bars up and down from a line, empty days shown. A press filters; with shift, up to there.

const MOST_BINS = 110;
/** This share of the days lies beyond each end of the line, and is counted there. */
const BEYOND = 0.02;

function timeline() {
  const { events, articles } = sight.onAnyDay;
  const spans = {
    events: events.filter(({ first }) => first !== null).map(({ first, last }) => [[first, last]]),
    articles: articles.map((n) => store.index.articles[n].days).filter((days) => days.length),
  };
  const starts = [...spans.events.flat(), ...spans.articles.flat()].filter(isShort).map(([first]) => first).sort((a, b) => a - b);
  if (!starts.length) return panel("timeline", words("no_days"));
  const beyond = Math.floor(starts.length * BEYOND);
  const bins = binsOf(starts[beyond], starts[starts.length - 1 - beyond]);
  count(bins, spans.events, "events");
  count(bins, spans.articles, "articles");
  const undated = events.length - spans.events.length;
  return panel("timeline", words(`timeline_note_${bins.grain}`, counted("event", undated)), chart(bins), ends(bins, events));
}

const isShort = ([first, last]) => last - first < VAGUE_DAYS;

/** Days, weeks, months or years from the first to the last, whichever are few enough. */
function binsOf(first, last) {
  const steps = {
    day: [(day) => day, (day) => day + 1],
    week: [(day) => day - ((((day + 3) % 7) + 7) % 7), (day) => day + 7],
    month: [(day) => monthStart(day, 0), (day) => monthStart(day, 1)],
    year: [(day) => yearStart(day, 0), (day) => yearStart(day, 1)],
  };
  for (const [grain, [floor, next]] of Object.entries(steps)) {
    const bins = [];
    for (let day = floor(first); day <= last && (bins.length <= MOST_BINS || grain === "year"); day = next(day)) bins.push({ first: day, last: next(day) - 1, events: 0, articles: 0 });
    if (bins.length <= MOST_BINS || grain === "year") return Object.assign(bins, { grain });
  }
}

const monthStart = (day, on) => { const date = new Date(day * DAY); return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + on, 1) / DAY; };
const yearStart = (day, on) => Date.UTC(new Date(day * DAY).getUTCFullYear() + on, 0, 1) / DAY;

/** Count each thing once in every bin that one of its spans tells of. */
function count(bins, things, key) {
  const place = (day) => {
    const found = bins.findIndex(({ last }) => last >= day);
    return found < 0 ? bins.length : found;
  };
  for (const spans of things) {
    const met = new Set();
    for (const span of spans) {
      for (let n = place(span[0]); n < bins.length && bins[n].first <= span[1]; n += 1) if (tellsOf(span, [bins[n].first, bins[n].last])) met.add(n);
    }
    for (const n of met) bins[n][key] += 1;
  }
}

function chart(bins) {
  const most = { events: Math.max(1, ...bins.map((bin) => bin.events)), articles: Math.max(1, ...bins.map((bin) => bin.articles)) };
  const issues = new Set(store.index.pages.map(({ published }) => published).filter((day) => /^\d{4}-\d\d-\d\d$/.test(day ?? "")).map(dayNumber));
  const { from, to } = finder.wanted;
  const nodes = bins.map((bin, n) => {
    const bar = (key) => { const made = element("span", { class: key }); made.style.height = bin[key] ? `max(2px, ${(100 * bin[key]) / most[key]}%)` : "0"; return element("span", { class: "half" }, made); };
    const chosen = (from || to) && bin.first <= (to ? dayNumber(to) : Infinity) && bin.last >= (from ? dayNumber(from) : -Infinity);
    const label = words("bin", binName(bin, bins.grain), counted("event", bin.events), counted("article", bin.articles));
    return button({ class: "bin", title: label, "aria-label": label, "aria-pressed": String(Boolean(chosen)), tabindex: n ? "-1" : "0", onclick: (event) => pickBin(bin, n, event.shiftKey) },
      bar("events"), bar("articles"), [...issues].some((day) => day >= bin.first && day <= bin.last) ? element("span", { class: "issued" }) : null);
  });
  const frame = element("div", { class: "chart", role: "group", "aria-label": words("panel_timeline"), onkeydown: (event) => roam(event, nodes) }, nodes);
  return element("figure", {},
    element("p", { class: "key" }, ["events", "articles", ...(issues.size ? ["issued"] : [])].map((kind) =>
      element("span", {}, element("span", { class: `swatch ${kind}` }), words(`key_${kind}`, number(most[kind] ?? 0))))),
    frame, axis(bins));
}

/** The arrows, Home and End lead along the line. */
function roam(event, nodes) {
  const at = nodes.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: nodes.length - 1 }[event.key];
  if (to === undefined || !nodes[to]) return;
  focusBin(nodes, to);
  event.preventDefault();
}

/** The one bar that Tab leads to. */
function focusBin(nodes, at) {
  for (const node of nodes) node.setAttribute("tabindex", "-1");
  nodes[at].setAttribute("tabindex", "0");
  nodes[at].focus();
}

function pickBin({ first, last }, n, further) {
  const { from, to } = finder.wanted;
  const [begin, end] = [dayText(first), dayText(last)];
  if (from === begin && to === end) finder.wantAll({ from: "", to: "" });
  else if (further && from) finder.wantAll({ from: begin < from ? begin : from, to: end > to ? end : to });
  else finder.wantAll({ from: begin, to: end });
  focusBin([...byId("overview").querySelectorAll(".bin")], n);
}

const formatted = (day, how) => new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { timeZone: "UTC", ...how }).format(new Date(day * DAY));

function binName({ first, last }, grain) {
  const day = { day: "numeric", month: "long", year: "numeric" };
  if (grain === "day") return formatted(first, { weekday: "short", ...day });
  if (grain === "week") return `${formatted(first, day)} – ${formatted(last, day)}`;
  return formatted(first, grain === "month" ? { month: "long", year: "numeric" } : { year: "numeric" });
}

/** Names of months or years under the bars where they begin, some way apart. */
function axis(bins) {
  const marks = [];
  bins.forEach((bin, n) => {
    const date = new Date(bin.first * DAY);
    const begins = bins.grain === "day" ? [1, 11, 21].includes(date.getUTCDate()) : bins.grain === "week" ? date.getUTCDate() <= 7 : bins.grain === "month" ? date.getUTCMonth() === 0 : date.getUTCFullYear() % 5 === 0;
    if (!n || begins) marks.push([n, bin.first]);
  });
  const apart = bins.length / (narrow() ? 4 : 9);
  const line = element("div", { class: "axis", "aria-hidden": "true" });
  marks.filter(([n], at) => !at || n >= apart).reduce((end, [n, first]) => {
    if (n < end && n) return end;
    const how = bins.grain === "day" ? { day: "numeric", month: "short" } : bins.grain === "year" ? { year: "numeric" } : { month: "short", year: "numeric" };
    const mark = element("span", {}, formatted(first, n ? how : { ...how, year: "numeric" }));
    mark.style.left = `${(100 * n) / bins.length}%`;
    line.append(mark);
    return n + apart;
  }, 0);
  return line;
}

/** The ways to the events before and after the line; there are none where only articles lie there. */
function ends(bins, events) {
  const dated = events.filter(({ first }) => first !== null);
  const earlier = dated.filter(({ first }) => first < bins[0].first).map(({ first }) => first);
  const later = dated.filter(({ last }) => last > bins.at(-1).last).map(({ last }) => last);
  if (!earlier.length && !later.length) return null;
  const way = (key, days) => button({ class: "quiet", onclick: () => finder.wantAll(days) }, words(key));
  return element("p", { class: "ends" },
    earlier.length ? way("earlier", { from: "", to: dayText(earlier.reduce((a, b) => Math.max(a, b))) }) : element("span"),
    later.length ? way("later", { from: dayText(later.reduce((a, b) => Math.min(a, b))), to: "" }) : null);
}
