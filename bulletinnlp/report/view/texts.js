// Words looked for in the text of all articles, headlines and eyebrows with it.

const AROUND = [10, 26];

const texts = {
  /** The text of each article without blanks, so that no column break parts a word; read when first asked for. */
  all: null,

  read() {
    this.all ??= store.index.pages.flatMap((_, page) => {
      const { text, segments } = store.text(page);
      const points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
      const cut = (start, end) => (points ? points.slice(start, end).join("") : text.slice(start, end));
      const found = store.articlesOf(page).map(() => []);
      for (const [kind, article, start, end] of segments) if (article !== null && kind !== "blank") found[article].push(cut(start, end));
      return found.map((pieces) => folded(pieces.join("").replace(BLANKS, "")));
    });
    return this.all;
  },

  /** A test whether an article holds all of some words. */
  holding(asked) {
    const parts = parted(asked);
    return parts.length ? (article) => parts.every((part) => this.read()[article].includes(part)) : () => true;
  },

  /** The first word found with some text around, as elements. */
  extract(article, asked) {
    const text = this.read()[article];
    const part = parted(asked).find((word) => text.includes(word));
    if (!part) return null;
    const at = text.indexOf(part);
    const from = Math.max(at - AROUND[0], 0);
    const to = at + part.length + AROUND[1];
    return zh("span", { class: "extract" }, from ? "…" : "", text.slice(from, at), element("mark", {}, part), text.slice(at + part.length, to), to < text.length ? "…" : "");
  },

  /** Where the words stand in an article's part of the page: marks [class, start, end]. */
  marks(article, asked) {
    const { page } = store.index.articles[article];
    const { points, segments } = store.chunk(page);
    const mine = store.articlesOf(page).indexOf(article);
    const places = segments.filter(([, of]) => of === mine).flatMap(([, , start, end]) =>
      Array.from({ length: end - start }, (_, n) => start + n).filter((place) => points[place].replace(BLANKS, "")));
    const letters = places.map((place) => folded(points[place]));
    return parted(asked).flatMap((part) => occurrences(letters, Array.from(part))).flatMap(([first, last]) =>
      runsOf(places.slice(first, last), points).map(([start, end]) => ["SOUGHT", start, end]));
  },
};

/** Places as stretches; blanks between two of them do not end one. */
function runsOf(places, points) {
  const runs = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last && !points.slice(last[1], place).join("").replace(BLANKS, "")) last[1] = place + 1;
    else runs.push([place, place + 1]);
  }
  return runs;
}

const parted = (asked) => folded(asked).split(/\s+/).filter(Boolean);

/** Small letters of half width; no character becomes two. */
const folded = (text) => text
  .replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
  .replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function occurrences(letters, part) {
  const found = [];
  for (let at = 0; at + part.length <= letters.length; at += 1) {
    if (part.every((letter, n) => letters[at + n] === letter)) found.push([at, at + part.length]);
  }
  return found;
}
