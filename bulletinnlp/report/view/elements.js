// Making elements. Text only ever becomes text nodes and attributes: nothing from a page is parsed as HTML.

const byId = (id) => document.getElementById(id);

/** An element: element("p", {class: "x", onclick: f}, "text", otherElement). Null children are left out. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

const zh = (tag, attributes, ...children) => element(tag, { lang: "zh", ...attributes }, ...children);

/** A button; `attributes` may hold onclick. */
const button = (attributes, ...children) => element("button", { type: "button", ...attributes }, ...children);

/** Tell those who listen instead of looking. */
function say(text) {
  byId("said").textContent = text;
}

/** An element of a drawing; the words in it are drawn, not read. */
function drawn(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}
