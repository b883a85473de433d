// Choosing one of many names by typing a part of it: the combobox of the ARIA Authoring Practices, with a list popup.

const MOST_SHOWN = 30;

class Chooser {
  /** `numbers` are the entities to choose from; `chosen` is called with one of them, or with null. */
  constructor(key, numbers, chosen) {
    Object.assign(this, { key, numbers, chosen, active: -1, shown: [] });
    this.input = element("input", {
      type: "text", id: `f-${key}`, role: "combobox", lang: "zh", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": `f-${key}-list`, oninput: () => this.show(), onclick: () => this.show(),
      onkeydown: (event) => this.key_(event), onblur: () => this.leave(),
    });
    this.list = element("ul", { id: `f-${key}-list`, role: "listbox", hidden: true });
    this.away = button({ class: "away", hidden: true, onclick: () => this.pick(null) }, "×");
    this.node = field(key, this.input);
    this.node.classList.add("chooser");
    this.node.append(this.away, this.list);
  }

  /** Show an entity as chosen. */
  set(entity) {
    this.entity = entity;
    this.input.value = entity === null ? "" : store.index.entities[entity][1];
    this.away.hidden = entity === null;
    this.away.setAttribute("aria-label", words("clear_one", words(this.key)));
    this.list.setAttribute("aria-label", words(this.key));
    this.hide();
  }

  pick(entity) {
    this.set(entity);
    this.chosen(entity);
    this.input.focus();
    this.hide();
  }

  show() {
    const typed = this.entity === null ? this.input.value.trim() : "";
    if (this.entity !== null && this.input.value === store.index.entities[this.entity][1]) return;
    if (this.entity !== null) {
      const text = this.input.value;
      this.set(null);
      this.chosen(null);
      this.input.value = text;
      return this.show();
    }
    this.shown = matching(this.numbers, typed).slice(0, MOST_SHOWN);
    this.active = -1;
    this.list.replaceChildren(...this.shown.map((entity, n) => this.option(entity, n)));
    this.list.setAttribute("aria-label", words(this.key));
    this.list.hidden = this.shown.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.input.removeAttribute("aria-activedescendant");
  }

  option(entity, n) {
    const [, name, aliases, region] = store.index.entities[entity];
    return zh(
      "li",
      // mousedown comes before the input's blur, which would close the list
      { role: "option", id: `f-${this.key}-${n}`, "aria-selected": "false",
        onmousedown: (event) => { event.preventDefault(); this.pick(entity); } },
      element("span", { class: "head" }, name),
      element("span", { class: "facts" }, region ?? (aliases ?? []).join("、")),
    );
  }

  move(step) {
    if (this.list.hidden) this.show();
    const nodes = [...this.list.children];
    if (!nodes.length) return;
    nodes[this.active]?.setAttribute("aria-selected", "false");
    this.active = (this.active + step + nodes.length + (this.active < 0 && step < 0 ? 1 : 0)) % nodes.length;
    nodes[this.active].setAttribute("aria-selected", "true");
    nodes[this.active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", nodes[this.active].id);
  }

  key_(event) {
    if (event.isComposing) return; // the keys belong to the input method
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && !this.list.hidden) this.pick(this.shown[Math.max(this.active, 0)]);
    else if (event.key === "Escape") this.list.hidden ? this.pick(null) : this.hide();
    else return;
    event.preventDefault();
  }

  hide() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  leave() {
    this.set(this.entity);
  }
}

/** Entities whose name or alias holds what is typed; those whose name begins with it come first. */
function matching(numbers, typed) {
  if (!typed) return numbers;
  const entities = store.index.entities;
  const found = numbers.filter((n) => entities[n][1].includes(typed) || (entities[n][2] ?? []).some((alias) => alias.includes(typed)));
  return [...found.filter((n) => entities[n][1].startsWith(typed)), ...found.filter((n) => !entities[n][1].startsWith(typed))];
}
