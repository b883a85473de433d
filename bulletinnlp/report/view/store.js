// The data: an index, read at once; for each page its text and its rows, read when they are asked for.

/** Stands where the page itself, or the arguments of the event, say what the cell says (`packing.py`). */
const AS_PRINTED = 0;
const PRINTED = { bylines: "name", times: "text", mentions: "text", references: "text", roles: "title", quotes: "text", events: "trigger" };
const BLANKS = /[ \t\r\n\u3000]+/g;
const ROLES = ["who", "what", "whom", "when", "where"];
/** A few pages are kept as they were read. */
const KEPT_PAGES = 8;

const store = {
  index: JSON.parse(byId("index").textContent),
  /** Every event: what it is, its days, and the numbers of the names in it. */
  events: [],
  chunks: new Map(),

  /** A page's text, segments and rows; offsets count code points, so `points` holds the text one by one. */
  chunk(page) {
    if (!this.chunks.has(page)) {
      if (this.chunks.size >= KEPT_PAGES) this.chunks.delete(this.chunks.keys().next().value);
      const { text, segments } = this.text(page);
      const chunk = { points: Array.from(text), segments };
      const mine = this.articlesOf(page);
      chunk.articles = JSON.parse(byId(`page-${page}`).textContent).map((tables, n) => unpacked(tables, mine[n], chunk.points));
      this.chunks.set(page, chunk);
    }
    return this.chunks.get(page);
  },

  text: (page) => JSON.parse(byId(`text-${page}`).textContent),

  /** The articles of a page as numbers of the index, in their order. */
  articlesOf(page) {
    return this.byPage.get(page) ?? [];
  },

  /** An article's rows. */
  rows(article) {
    const { page } = this.index.articles[article];
    return this.chunk(page).articles[this.articlesOf(page).indexOf(article)];
  },

  /** An event's row, with its article's. */
  rowOf(event) {
    return this.rows(event.article).events[event.n];
  },

  problemsOf: (page, article) => store.index.problems.filter((row) => row.page === page && row.article === article),

  /** The name of a number in an event. */
  name(n) {
    const [text, entity] = this.index.names[n];
    return entity === null ? text : this.index.entities[entity][1];
  },

  entityOf: (n) => store.index.names[n][1],
};

/** Rows of the index get their names; events are put in one list. */
function unpackIndex({ columns, articles, problems, types, states }) {
  store.byPage = new Map();
  store.index.articles = articles.map((row, article) => {
    const entry = Object.fromEntries(columns.index.map((column, n) => [column, row[n]]));
    if (!store.byPage.has(entry.page)) store.byPage.set(entry.page, []);
    store.byPage.get(entry.page).push(article);
    entry.days = entry.days.map((day) => (Array.isArray(day) ? day : [day, day]));
    entry.events = entry.events.map(([type, state, flags, first, last, who, whom, where], n) => ({
      article, n, type: types[type], polarity: states[state][0], modality: states[state][1],
      main: Boolean(flags & 1), named: Boolean(flags & 2), first, last, who, whom, where,
    }));
    for (const event of entry.events) store.events.push(event);
    return entry;
  });
  store.index.problems = problems.map(([page, article, stage, severity, message]) => ({ page, article, stage, severity, message }));
}

const stretch = (points, spans) => spans.map(([start, end]) => points.slice(start, end).join("").replace(BLANKS, "")).join("");

/** An article's rows with their names, and with what the page says put back. */
function unpacked(tables, article, points) {
  const rows = {};
  for (const [table, columns] of Object.entries(store.index.columns)) {
    rows[table] = (tables[table] ?? []).map((cells) => {
      const row = Object.fromEntries(columns.map((column, n) => [column, cells[n]]));
      const told = PRINTED[table];
      if (told && row[told] === AS_PRINTED) row[told] = stretch(points, [spanOf(row)]);
      return row;
    });
  }
  const { id, events } = store.index.articles[article];
  rows.events.forEach((row, n) => unpackEvent(row, events[n], id, points));
  for (const row of rows.events) row.each = row.arguments.some(([role, , start]) => role === "when" && rows.times.some((time) => time.type === "SET" && time.start === start));
  return rows;
}

function unpackEvent(row, { type, polarity, modality, main, named, who: [first] }, id, points) {
  Object.assign(row, { type, polarity, modality, main, named });
  if (row.event_id.startsWith("/")) row.event_id = id + row.event_id;
  if (row.sentence === AS_PRINTED) row.sentence = stretch(points, row.proof);
  row.arguments = row.arguments.map(([role, text, start, end]) => [ROLES[role], text === AS_PRINTED ? stretch(points, [[start, end]]) : text, start, end]);
  for (const role of ROLES) {
    if (row[role] !== AS_PRINTED) continue;
    const told = row.arguments.filter(([of]) => of === role).map(([, text]) => text);
    row[role] = ["who", "whom", "where"].includes(role) ? told : told[0] ?? null;
  }
  row.actor_kind = actorKind(row, first);
}

/** What the first actor is, as in the table of events; `first` is the number of the first one with a name. */
function actorKind({ who, unnamed }, first) {
  if (!who.length) return null;
  if (unnamed.includes(who[0])) return "unnamed";
  const entity = first === undefined ? null : store.entityOf(first);
  return entity === null ? null : { ORG: "body", PLACE: "place", PER: "person" }[store.index.entities[entity][0]] ?? null;
}

/** What a row lights up in the text, as stretches [start, end]: the thing itself, its arguments, the sentence around. */
const evidence = (strong, soft = [], argument = []) => ({ strong, argument, soft });
const spanOf = (row) => [row.start, row.end];

unpackIndex(store.index);
