// Times on a line: a row for each, the dated ones as bars over a common axis, the day of issue as a rule through all.

function timeSection(rows) {
  if (!rows.times.length) return null;
  const axis = axisOf(rows);
  const dated = (row) => (row.begin ? 0 : 1);
  const sorted = [...rows.times].sort((a, b) => dated(a) - dated(b) || (a.begin ?? "").localeCompare(b.begin ?? "") || a.start - b.start);
  const made = table("times", ["text", "means", "on_the_line"], sorted, (row) => [
    [row.text],
    timeCell(row.value, row.type === "SET"),
    axis ? track(row, axis) : "",
  ]);
  if (axis) made.querySelector("thead th:last-child").append(scale(axis));
  return section("times", rows.times.length, made);
}

const moment = (text) => Date.parse(`${text}Z`);

/** First and last moment to show, and the day of issue; null if nothing has a date. */
function axisOf(rows) {
  const spans = rows.times.filter(({ begin }) => begin).map(({ begin, until }) => [moment(begin), until ? moment(until) : null]);
  if (!spans.length) return null;
  const published = rows.articles[0].published;
  const issue = /^\d{4}-\d\d-\d\d$/.test(published ?? "") ? moment(`${published}T00:00:00`) : null;
  const places = [...spans.flat(), issue].filter((place) => place !== null && Number.isFinite(place));
  const first = Math.min(...places);
  const last = Math.max(...places);
  const margin = Math.max((last - first) * 0.04, DAY / 2);
  return { first: first - margin, last: last + margin, from: first, to: last, issue };
}

const percent = (axis, place) => ((place - axis.first) / (axis.last - axis.first)) * 100;

function track(row, axis) {
  const line = element("span", { class: "track", "aria-hidden": "true" });
  if (axis.issue !== null) line.append(placed("issue", percent(axis, axis.issue)));
  if (row.begin) {
    const left = percent(axis, moment(row.begin));
    const right = row.until ? percent(axis, moment(row.until)) : 100;
    const bar = placed(row.until ? "bar" : "bar open", left);
    bar.style.width = `${Math.max(right - left, 0)}%`;
    line.append(bar);
  }
  return line;
}

function placed(kind, left) {
  const node = element("span", { class: kind });
  node.style.left = `${left}%`;
  return node;
}

/** The ends of the axis as days, without the year where it is the same. */
function scale(axis) {
  const [from, to] = [axis.from, Math.max(axis.to - 1, axis.from)].map((place) => new Date(place).toISOString().slice(0, 10));
  const day = (text) => element("span", {}, from.slice(0, 4) === to.slice(0, 4) ? text.slice(5) : text);
  const issue = axis.issue === null ? null : element("span", { class: "issue-word" }, words("issue"));
  return element("span", { class: "scale" }, day(from), issue, from === to ? null : day(to));
}
