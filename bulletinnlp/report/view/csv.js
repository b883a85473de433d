// Rows as CSV to take away, spelled as the library spells them, and guarded against what a spreadsheet would run.

/** A spreadsheet takes a cell for a formula that begins so; the same as in `tables/cells.py`. */
const FORMULA = /^'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;

const guarded = (text) => (FORMULA.test(text) ? `'${text}` : text);
const joined = (items) => items.map((item) => item.replace(/[；\\]/g, "\\$&")).join("；");

function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  const text = guarded(Array.isArray(value) ? joined(value) : value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

const csvText = (heads, rows) => [heads, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");

/** A button that saves rows; `rows` gives them when it is pressed. */
function csvButton(name, heads, rows) {
  const label = words("save_csv", words(name));
  return button({ class: "save", title: label, "aria-label": label, onclick: () => save(`${name}.csv`, csvText(heads, rows())) }, "CSV");
}

function save(name, text) {
  const link = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
  element("a", { href: link, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(link), 1000);
  say(words("saved", name));
}
