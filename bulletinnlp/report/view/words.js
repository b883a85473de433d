// The words of the buttons and headings, in English and Chinese.

let language = "en";

/** The words of a key, with {0}, {1} … filled in; the key itself where there are none. */
function words(key, ...values) {
  const found = store.index.words[language][key] ?? key;
  return values.reduce((text, value, n) => text.replace(`{${n}}`, () => value), found);
}

/** Some words that may be lacking, as types of events of one's own: gives `otherwise` then. */
const wordsOr = (key, otherwise) => store.index.words[language][key] ?? otherwise;

/** A number of things: "1 event", "3 events". */
const counted = (key, many) => words(many === 1 ? `${key}_one` : `${key}_many`, number(many));

const number = (value) => Number(value).toLocaleString(language === "zh" ? "zh-CN" : "en");

/** Write the words into the elements that ask for them. */
function putWords() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = words(node.dataset.word);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", words(node.dataset.label));
  byId("language").textContent = words("other_language");
  byId("language").lang = language === "zh" ? "en" : "zh";
}
