// The address: the open article, the event lit up, the pane and the filters, so that a link shows what is shown here.
// #000_06986f%231&event=2&q=口罩 is event 2 of article 000_06986f#1 among those that hold 口罩; an event's own id does as
// well: #event=000_06986f%231/2.

const address = {
  written: null,
  /** Whether the address is being followed, and must not change. */
  reading: false,

  /** Write what is shown; `replace` leaves no step to go back to, as while one types. */
  write(replace = false) {
    if (this.reading) return;
    const text = this.text();
    if (text === this.written) return;
    this.written = text;
    history[replace ? "replaceState" : "pushState"](null, "", text || location.pathname + location.search);
  },

  /** Do some things as one step. */
  together(act) {
    const before = this.reading;
    this.reading = true;
    act();
    this.reading = before;
    this.write();
  },

  text() {
    const parts = [];
    const pane = paneGroup(document.body.dataset.pane);
    if (state.article !== null) parts.push(encodeURIComponent(store.index.articles[state.article].id));
    if (state.event !== null) parts.push(`event=${state.event + 1}`);
    if (pane !== (state.article === null ? "overview" : "articles")) parts.push(`pane=${pane}`);
    for (const [key, value] of Object.entries(finder.wanted)) {
      for (const one of [value].flat()) if (!isEmpty(one)) parts.push(`${key === "words" ? "q" : key}=${encodeURIComponent(spelled(key, one))}`);
    }
    return parts.length ? `#${parts.join("&")}` : "";
  },

  /** What the address asks for. `missing` is an article or event that the file does not hold. */
  read() {
    const asked = { article: null, event: null, pane: null, wanted: nothing(), missing: null };
    for (const part of location.hash.slice(1).split("&").filter(Boolean)) {
      const [, key, value] = /^(\w+)=(.*)$/.exec(part) ?? [null, "article", part];
      this.take(asked, key === "q" ? "words" : key, decoded(value));
    }
    this.written = location.hash;
    return asked;
  },

  take(asked, key, value) {
    const { wanted } = asked;
    if (key === "article") this.takeArticle(asked, value);
    else if (key === "event") this.takeEvent(asked, value);
    else if (key === "pane") asked.pane = ["overview", "events", "articles"].includes(value) ? value : null;
    else if (key === "named") wanted.named = true;
    else if (key === "between") wanted.between.push(...[numberOf(key, value)].filter((name) => name !== null));
    else if (key === "words" || key === "type") wanted[key] = value;
    else if ((key === "from" || key === "to") && Number.isFinite(dayNumber(value))) wanted[key] = value;
    else if (Object.hasOwn(wanted, key) && key !== "from" && key !== "to") wanted[key] = numberOf(key, value);
  },

  takeArticle(asked, id) {
    asked.article = orNull(store.index.articles.findIndex((article) => article.id === id));
    if (asked.article === null) asked.missing = id;
  },

  /** An event by its number in the article, or by its id, which begins with that of its article. */
  takeEvent(asked, value) {
    if (/^\d+$/.test(value)) {
      asked.event = Number(value) - 1;
      if (asked.article !== null && !store.index.articles[asked.article].events[asked.event]) asked.missing = value;
      return;
    }
    const articles = store.index.articles;
    const found = [...articles.keys()].filter((n) => value.startsWith(articles[n].id)).map((n) => [n, store.rows(n).events.findIndex((row) => row.event_id === value)]).find(([, n]) => n >= 0);
    if (found) [asked.article, asked.event] = found;
    else asked.missing = value;
  },
};

const orNull = (found) => (found < 0 ? null : found);

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A filter's value in words: names as they are, with ~2 for the second thing of a name. */
function spelled(key, value) {
  const all = labels(key);
  if (!all) return value === true ? "1" : String(value);
  const nth = all.slice(0, value + 1).filter((label) => label === all[value]).length;
  return nth > 1 ? `${all[value]}~${nth}` : all[value];
}

function numberOf(key, text) {
  const all = labels(key);
  const [, name, nth] = /^(.*)~(\d+)$/.exec(text) ?? [null, text, 1];
  return [...all.keys()].filter((n) => all[n] === name)[nth - 1] ?? null;
}

/** The labels of what a filter chooses from. */
function labels(key) {
  if (key in KINDS) return store.index.entities.map(([kind, name]) => (kind === KINDS[key] ? name : null));
  if (["actor", "between", "at"].includes(key)) return store.index.names.map((_, n) => store.name(n));
  return key === "spot" ? store.index.spots.map(([name]) => name) : null;
}
