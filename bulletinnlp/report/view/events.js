// Events as cards: who did what, to whom, when and where, with the sentence that says so.

function eventSection(rows) {
  const events = [...rows.events.entries()].filter(([, event]) => event.named || !finder.wanted.named);
  if (!events.length) return section("events", 0, element("p", { class: "facts" }, words("no_events")));
  return section("events", events.length, element("ol", { class: "cards" }, events.map(([n, event]) => element("li", {}, card(event, n)))));
}

/** What sort of event it is: main, its type, planned, denied, without an actor who has a name. */
function tagsOf(event) {
  return [
    event.main ? element("span", { class: "tag main" }, "★ ", words("main")) : null,
    event.type ? element("span", { class: "tag" }, wordsOr(`type_${event.type}`, event.type)) : null,
    event.polarity === "negative" ? element("span", { class: "tag doubt" }, words("negative")) : null,
    event.modality && event.modality !== "actual" ? element("span", { class: "tag doubt" }, words(event.modality)) : null,
    event.named ? null : element("span", { class: "tag" }, words("nobody_named")),
  ];
}

function card(event, n) {
  const tags = [
    ...tagsOf(event),
    event.score === null ? null : element("span", { class: "score", title: words("by_score", event.score.toFixed(2)) },
      element("span", { class: "unseen" }, words("by_score", event.score.toFixed(2))), meter(event.score)),
  ];
  const handle = button({ class: "show" }, event.trigger);
  const rest = ROLES.filter((role) => role !== "who").flatMap((role) => cell(role, event));
  const found = evidence([spanOf(event)], event.proof, event.arguments.map(([, , start, end]) => [start, end]));
  const node = element(
    "article",
    { class: "card", "data-event": n },
    element("p", { class: "tags" }, tags),
    zh("h4", {}, element("span", { class: "who" }, actors(event)), " ", handle, " ", element("span", { class: "what" }, event.what ?? "")),
    element("dl", {}, rest),
    zh("blockquote", {}, sentence(event)),
  );
  return lights(node, handle, found);
}

/** The actors; those without a name stand out less. */
function actors({ who, unnamed }) {
  if (!who.length) return ["—"];
  return who.flatMap((actor, n) => [
    n ? "、" : null,
    unnamed.includes(actor) ? element("span", { class: "unnamed", title: words("unnamed") }, actor) : actor,
  ]);
}

function cell(role, event) {
  if (role === "what") return [];
  const value = Array.isArray(event[role]) ? event[role].join("、") : event[role];
  const meaning = role === "when" && event.value ? [" ", timeCell(event.value, event.each)] : null;
  return [element("dt", {}, words(role)), zh("dd", value ? {} : { class: "facts" }, value || "—", meaning)];
}

/** The sentence with its trigger in bold. */
function sentence({ sentence: text, trigger }) {
  const at = (text ?? "").indexOf(trigger);
  if (at < 0) return [text ?? ""];
  return [text.slice(0, at), element("b", {}, trigger), text.slice(at + trigger.length)];
}

/** How sure, as a bar. */
function meter(score) {
  const bar = element("span", { class: "meter", "aria-hidden": "true" }, element("span", {}));
  bar.firstChild.style.width = `${Math.round(score * 100)}%`;
  return bar;
}
