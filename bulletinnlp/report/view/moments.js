// TIMEX3 in words: 2022-11-27TEV is "27 November 2022, evening".

const UNITS = { Y: "year", M: "month", W: "week", D: "day", TH: "hour", TM: "minute", TS: "second" };
const POINT = /^(XXXX|BC\d{4}|\d{4}|\d{3}X|\d{2}XX)?(?:-(\d\d|XX|H\d|Q\d|SP|SU|FA|WI|W\d\d|WXX)(?:-(\d\d|XX|WE|\d))?)?(?:T(MO|MI|AF|EV|NI|DT|\d\d(?::\d\d){1,2}|\d\d))?$/;

/** A value in words; null for one that has none, as the codes of a list of one's own. `each` is that of a SET. */
function readable(value, each = false) {
  if (!value) return null;
  if (/^(PAST|PRESENT|FUTURE)_REF$/.test(value)) return words(value);
  const ends = value.split("/");
  if (ends.length === 2) return range(...ends);
  return value.startsWith("P") ? lengthOf(value, each) : point(value, each);
}

function range(first, last) {
  if (first === ".." || last === "..") {
    const end = readable(first === ".." ? last : first);
    return end && words(first === ".." ? "until_time" : "since_time", end);
  }
  const ends = [readable(first), readable(last)];
  return ends.every(Boolean) ? ends.join(" – ") : null;
}

/** P1D, PXD (some days), PT1H30M; of a SET, every so often. */
function lengthOf(value, each) {
  const [, date, time] = /^P([\dX.YMWD]*)(?:T([\dX.HMS]+))?$/.exec(value) ?? [];
  const parts = [...(date ?? "").matchAll(/([\d.]+|X+)([YMWD])/g), ...[...(time ?? "").matchAll(/([\d.]+|X+)([HMS])/g)].map(([all, many, unit]) => [all, many, `T${unit}`])];
  if (!parts.length) return null;
  if (each && parts.length === 1) return everySo(parts[0]);
  return parts.map(([, many, unit]) => (many.startsWith("X") ? words(`several_${UNITS[unit]}`) : counted(UNITS[unit], Number(many)))).join(" ");
}

const everySo = ([, many, unit]) => words("every", many === "1" ? words(`every_${UNITS[unit]}`) : counted(UNITS[unit], Number(many)));

function point(value, each) {
  const found = POINT.exec(value);
  if (!found || !value) return null;
  const [, year, second, third, clock] = found;
  const date = year ? dateWords(year, second, third, each) : null;
  const hour = clock ? wordsOr(`part_${clock}`, clock) : null;
  return [date, hour].filter(Boolean).join(language === "zh" ? " " : ", ") || null;
}

function dateWords(year, second, third, each) {
  const known = /^\d{4}$/.test(year);
  const unknown = each ? words("each_day") : words("some_day");
  if (!second) return known ? words("year_n", year) : yearWords(year);
  const of = known ? words("year_n", year) : year === "XXXX" ? "" : yearWords(year);
  if (/^[HQ]|^[SFW][PUAI]$/.test(second)) return words("within", words(second), of).trim();
  if (second.startsWith("W")) return weekWords(of, second, third, each);
  if (second === "XX") return third === "XX" || !third ? [unknown, of].filter(Boolean).join(", ") : words("day_of_month", Number(third));
  const month = { month: "long", timeZone: "UTC" };
  const day = /^\d\d$/.test(third ?? "") ? { day: "numeric" } : {};
  const moment = new Date(Date.UTC(known ? Number(year) : 2000, Number(second) - 1, Number(third) || 1));
  const told = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { ...day, ...month, ...(known ? { year: "numeric" } : {}) }).format(moment);
  return third === "XX" ? words("day_unknown", told) : told;
}

function weekWords(of, week, day, each) {
  if (week === "WXX") return /^\d$/.test(day ?? "") ? words("weekday", weekday(day)) : words(each ? "each_week" : "some_week");
  const told = words("week_n", Number(week.slice(1)), of);
  return day === "WE" ? words("weekend_of", told) : told;
}

const weekday = (day) => new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, Number(day))));

/** 199X, 19XX, BC0221, XXXX. */
function yearWords(year) {
  if (year.startsWith("BC")) return words("before_christ", Number(year.slice(2)));
  if (year === "XXXX") return words("some_year");
  return year.endsWith("XX") ? words("century", Number(year.slice(0, 2)) + 1) : words("decade", `${year.slice(0, 3)}0`);
}

/** A value in words with its code beside. */
function timeCell(value, each = false) {
  const told = readable(value, each);
  const code = value ? element("span", { class: "value", lang: "en" }, value) : null;
  if (!told) return [code ?? element("span", { class: "facts", lang: language }, words("vague"))];
  return [element("span", { class: "told", lang: language }, told), " ", code];
}
