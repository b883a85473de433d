// The page as printed: its segments coloured, the marks of the chosen article, the evidence lit up.

const LAYERS = ["PER", "ORG", "PLACE", "TIME", "REF", "QUOTE"];
/** How evidence is lit, the strongest first. */
const LIGHTS = ["strong", "argument", "soft"];
const BADGED = new Set(["banner", "eyebrow", "byline", "stray"]);

const printed = {
  page: null,
  /** Pieces of text that nothing cuts any more: {node, start, end}, in their order. */
  pieces: [],

  show(page, article) {
    this.page = page;
    const chunk = store.chunk(page);
    const marks = article === null ? [] : [...marksOf(store.rows(article)), ...texts.marks(article, finder.wanted.words)];
    const cuts = cutsOf(chunk, article === null ? null : store.rows(article), marks);
    const mine = store.articlesOf(page);
    this.pieces = [];
    const blocks = blocksOf(chunk.segments).map((block) => this.block(block, chunk, marks, cuts, mine));
    byId("printed").replaceChildren(...blocks);
    this.choose(article);
  },

  block({ article, segments }, chunk, marks, cuts, mine) {
    const spans = segments.map((segment) => this.segment(segment, chunk, article === null ? [] : marks, cuts));
    if (article === null) {
      const blank = segments.every(([kind]) => kind === "blank");
      return element("div", { class: blank ? "gap" : "loose" }, spans);
    }
    const head = store.index.articles[mine[article]].head || words("untitled");
    const pick = button(
      { class: "pick", "aria-label": words("article_n", article + 1, head), onclick: () => open(mine[article]) },
      String(article + 1),
    );
    return element("div", { class: "piece-of", "data-article": mine[article] }, pick, spans);
  },

  segment([kind, , start, end], chunk, marks, cuts) {
    const node = element("span", { class: `segment ${kind}` });
    if (BADGED.has(kind)) node.append(element("span", { class: "badge", "aria-hidden": "true", lang: language, "data-badge": words(kind) }));
    let at = start;
    for (const cut of [...cuts.filter((place) => place > start && place < end), end]) {
      const piece = element("span", { class: classesAt(marks, at) }, chunk.points.slice(at, cut).join(""));
      this.pieces.push({ node: piece, start: at, end: cut });
      node.append(piece);
      at = cut;
    }
    return node;
  },

  choose(article) {
    for (const node of byId("printed").querySelectorAll(".piece-of")) {
      const chosen = Number(node.dataset.article) === article;
      node.classList.toggle("chosen", chosen);
      node.querySelector(".pick").setAttribute("aria-pressed", String(chosen));
    }
  },

  /** Light the evidence up; null puts the lights out. */
  light(found) {
    const inside = (piece, spans) => spans.some(([start, end]) => piece.start >= start && piece.end <= end);
    for (const piece of this.pieces) {
      const how = found && LIGHTS.find((light) => inside(piece, found[light]));
      for (const light of LIGHTS) piece.node.classList.toggle(light, light === how);
    }
  },

  /** Bring what is lit, or the chosen article, into sight. */
  reveal(found) {
    const frame = byId("printed");
    const spans = found ? (found.soft.length ? found.soft : found.strong) : [];
    const starts = spans.map(([start]) => start);
    const piece = this.pieces.find(({ end }) => starts.length && end > Math.min(...starts));
    const sought = found ? null : frame.querySelector(".mark.SOUGHT");
    const node = piece ? piece.node : sought ?? frame.querySelector(".piece-of.chosen");
    if (!node) return;
    const box = node.getBoundingClientRect();
    const edge = frame.getBoundingClientRect();
    if (!piece || box.top < edge.top + 24 || box.bottom > edge.bottom - 96) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      frame.scrollTo({ top: frame.scrollTop + box.top - edge.top - (piece || sought ? edge.height / 3 : 12), behavior: piece && !calm ? "smooth" : "auto" });
    }
  },

  text(found) {
    const spans = found.soft.length ? found.soft : found.strong;
    return spans.map(([start, end]) => store.chunk(this.page).points.slice(start, end).join("").replace(/\s+/g, "")).join(" … ");
  },
};

/** Runs of segments of the same article; blanks within an article belong to it. */
function blocksOf(segments) {
  const blocks = [];
  segments.forEach((segment, n) => {
    let article = segment[1];
    const last = blocks.at(-1);
    if (segment[0] === "blank" && article === null && last && last.article !== null) {
      const next = segments.slice(n + 1).find(([kind]) => kind !== "blank");
      if (next && next[1] === last.article) article = last.article;
    }
    if (last && last.article === article) last.segments.push(segment);
    else blocks.push({ article, segments: [segment] });
  });
  return blocks;
}

/** What is marked in an article: [class, start, end]. */
function marksOf(rows) {
  return [
    ...rows.quotes.map((row) => ["QUOTE", ...spanOf(row)]),
    ...rows.mentions.map((row) => [row.label, ...spanOf(row)]),
    ...rows.times.map((row) => ["TIME", ...spanOf(row)]),
    ...rows.references.map((row) => ["REF", ...spanOf(row)]),
  ];
}

/** Every place at which a mark or a piece of evidence begins or ends. */
function cutsOf(chunk, rows, marks) {
  const cuts = new Set(marks.flatMap(([, start, end]) => [start, end]));
  if (rows) {
    for (const row of [...rows.roles, ...rows.bylines, ...rows.events]) spanOf(row).forEach((place) => cuts.add(place));
    for (const event of rows.events) {
      for (const [start, end] of event.proof) cuts.add(start).add(end);
      for (const [, , start, end] of event.arguments) cuts.add(start).add(end);
    }
  }
  return [...cuts].sort((a, b) => a - b);
}

/** The classes of a piece; `next` sets a mark off from one that ends where it begins (区委|区政府). */
function classesAt(marks, at) {
  const here = marks.filter(([, start, end]) => at >= start && at < end);
  const next = here.some(([kind, start]) => start === at && marks.some((mark) => mark[0] === kind && mark[2] === at));
  return ["piece", ...new Set(here.map(([kind]) => `mark ${kind}`)), next ? "next" : ""].join(" ").trim();
}

function showPageHead(page) {
  const about = store.index.pages[page];
  byId("page-title").textContent = about.page_id;
  const facts = [about.paper, about.home, about.published, words("chars", number(about.chars))];
  if (about.stray_chars) facts.push(words("stray_chars", number(about.stray_chars)));
  byId("page-about").textContent = facts.filter(Boolean).join(" · ");
  byId("page-about").title = store.problemsOf(page, null).map((row) => row.message).join("\n");
  const last = store.index.pages.length - 1;
  byId("page-nav").replaceChildren(
    button({ disabled: page === 0, "aria-label": words("previous_page"), onclick: () => openPage(page - 1) }, "‹"),
    element("span", {}, words("page_of", number(page + 1), number(last + 1))),
    button({ disabled: page === last, "aria-label": words("next_page"), onclick: () => openPage(page + 1) }, "›"),
  );
}

function showLegend() {
  const frame = byId("printed");
  const layers = LAYERS.map((layer) =>
    button(
      {
        class: `layer ${layer}`,
        "aria-pressed": String(!frame.classList.contains(`without-${layer}`)),
        onclick: (event) => {
          const off = frame.classList.toggle(`without-${layer}`);
          event.currentTarget.setAttribute("aria-pressed", String(!off));
        },
      },
      element("span", { class: `mark ${layer}` }, words(layer)),
    ),
  );
  byId("legend").replaceChildren(...layers);
}
