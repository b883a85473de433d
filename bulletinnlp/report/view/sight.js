// What is in sight: the articles and events that fit the filters.

/** What is wanted before a filter is set. Persons, bodies and places are entities; actor, between and at are names. */
function nothing() {
  return {
    words: "", person: null, body: null, place: null, type: "", named: false, from: "", to: "",
    actor: null, between: [], at: null, spot: null,
  };
}

const isEmpty = (value) => !value && value !== 0 || Array.isArray(value) && !value.length;

const DAY = 86400000;
const dayNumber = (text) => Date.parse(`${text}T00:00:00Z`) / DAY;
const dayText = (day) => new Date(day * DAY).toISOString().slice(0, 10);

const sight = {
  /** Numbers of articles, and events. */
  articles: [],
  events: [],
  /** The same, whatever their days: the line of time shows them all. */
  onAnyDay: { articles: [], events: [] },

  update(wanted) {
    const days = wanted.from || wanted.to ? [wanted.from ? dayNumber(wanted.from) : -Infinity, wanted.to ? dayNumber(wanted.to) : Infinity] : null;
    const holds = texts.holding(wanted.words);
    const ofEvents = Boolean(wanted.type || wanted.named || wanted.between.length || [wanted.actor, wanted.at, wanted.spot].some((one) => one !== null));
    const now = { articles: [], events: [] };
    const ever = { articles: [], events: [] };
    store.index.articles.forEach((article, n) => {
      if (!entitiesFit(article, wanted) || !holds(n)) return;
      const events = ofEvents ? article.events.filter((event) => eventFits(event, wanted)) : article.events;
      if (ofEvents && !events.length) return;
      ever.articles.push(n);
      for (const event of events) ever.events.push(event);
      const timely = days ? events.filter((event) => tellsOf([event.first, event.last], days)) : events;
      if (days && !(ofEvents ? timely.length : article.days.some((span) => tellsOf(span, days)))) return;
      now.articles.push(n);
      for (const event of timely) now.events.push(event);
    });
    Object.assign(this, now, { onAnyDay: ever });
  },
};

function entitiesFit(article, wanted) {
  return Object.keys(KINDS).every((key) => wanted[key] === null || article.entities.includes(wanted[key]));
}

function eventFits(event, { type, named, actor, between, at, spot }) {
  if (type && event.type !== type) return false;
  if (named && !event.named) return false;
  if (actor !== null && !event.who.includes(actor)) return false;
  if (between.some((name) => !event.who.includes(name) && !event.whom.includes(name))) return false;
  if (at !== null && !event.where.includes(at)) return false;
  return spot === null || event.where.some((name) => spotOf(name) === spot);
}

/** Longer times tell of the days of a longer stretch only: "in October" is of October, not of the 3rd. */
const VAGUE_DAYS = 7;

/** Whether days that are told of are among those from the first to the last of a stretch. */
function tellsOf([first, last], [from, to]) {
  return first !== null && first <= to && last >= from && last - first < Math.max(VAGUE_DAYS, to - from + 1);
}

/** The point on the map of a name, null where it has none. */
function spotOf(name) {
  const entity = store.entityOf(name);
  return entity === null ? null : store.index.entities[entity][4];
}

/** How often each key comes, the most frequent first; what comes equally often stays in its order. */
function ranked(keys) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
