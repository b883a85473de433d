// Who holds which office, as the articles print it; a number opens an article with the title lit up.

const OFFICES_FIRST = 12;
const PROOFS_SHOWN = 6;
const OFFICE_HEADS = ["person", "title", "organisation", "articles"];

function officeTable() {
  const found = new Map();
  for (const article of sight.articles) {
    store.index.articles[article].roles.forEach(([person, title, body], n) => {
      const key = JSON.stringify([person, title, body]);
      if (!found.has(key)) found.set(key, { person, title, body, proofs: [] });
      const { proofs } = found.get(key);
      if (proofs.at(-1)?.article !== article) proofs.push({ article, n });
    });
  }
  if (!found.size) return null;
  const rows = [...found.values()].sort((a, b) => b.proofs.length - a.proofs.length);
  return panel("offices", words("offices_note"), longList(officeRows, rows, OFFICES_FIRST),
    csvButton("offices", OFFICE_HEADS, () => rows.map(({ person, title, body, proofs }) => [person, title, body, proofs.map(({ article }) => store.index.articles[article].id)])));
}

const officeRows = (rows) => element("table", { class: "offices", "aria-label": words("panel_offices") },
  element("thead", {}, element("tr", {}, ["name", "title", "where_held", "proof"].map((head) => element("th", { scope: "col" }, words(head))))),
  element("tbody", {}, rows.map(({ person, title, body, proofs }) => element("tr", {},
    zh("th", { scope: "row" }, person), zh("td", {}, title), zh("td", {}, body ?? "—"),
    element("td", { class: "proofs" }, proofs.slice(0, PROOFS_SHOWN).map((proof, n) => proofButton(proof, n)),
      proofs.length > PROOFS_SHOWN ? element("span", { class: "facts" }, `+${number(proofs.length - PROOFS_SHOWN)}`) : null)))));

function proofButton({ article, n }, place) {
  const label = words("proof_in", store.index.articles[article].head || words("untitled"));
  return button({ class: "proof", title: label, "aria-label": label, onclick: () => openOffice(article, n) }, number(place + 1));
}

function openOffice(article, n) {
  const rows = store.rows(article);
  const role = rows.roles[n];
  const near = rows.mentions.filter(({ label, text }) => label === "PER" && text === role.person)
    .sort((a, b) => Math.abs(a.start - role.end) - Math.abs(b.start - role.end)).slice(0, 1);
  openAt(article, evidence([spanOf(role)], [], near.map(spanOf)));
}
