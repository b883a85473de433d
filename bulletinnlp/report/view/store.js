// The data: an index, read at once, and a chunk for each page, read when it is shown.

const store = {
  index: JSON.parse(byId("index").textContent),
  chunks: new Map(),

  /** A page's chunk. A few are kept; offsets count code points, so `points` holds the text one by one. */
  chunk(page) {
    if (!this.chunks.has(page)) {
      if (this.chunks.size > 8) this.chunks.delete(this.chunks.keys().next().value);
      const chunk = JSON.parse(byId(`page-${page}`).textContent);
      chunk.points = Array.from(chunk.text);
      chunk.articles = chunk.articles.map(unpacked);
      chunk.problems = chunk.problems.map((row) => named("problems", row));
      this.chunks.set(page, chunk);
    }
    return this.chunks.get(page);
  },

  /** The articles of a page as numbers of the index, in their order. */
  articlesOf(page) {
    this.byPage ??= Map.groupBy ? Map.groupBy(this.index.articles.keys(), (n) => this.index.articles[n].page) : grouped();
    return this.byPage.get(page) ?? [];
  },

  /** An article's rows. */
  rows(article) {
    const { page } = this.index.articles[article];
    return this.chunk(page).articles[this.articlesOf(page).indexOf(article)];
  },
};

function grouped() {
  const found = new Map();
  store.index.articles.forEach(({ page }, n) => found.set(page, [...(found.get(page) ?? []), n]));
  return found;
}

const named = (table, row) => Object.fromEntries(store.index.columns[table].map((column, n) => [column, row[n]]));

function unpacked(article) {
  const tables = {};
  for (const [table, rows] of Object.entries(article)) tables[table] = rows.map((row) => named(table, row));
  return tables;
}

/** What a row lights up in the text, as stretches [start, end]: the thing itself, its arguments, the sentence around. */
const evidence = (strong, soft = [], argument = []) => ({ strong, argument, soft });
const spanOf = (row) => [row.start, row.end];
