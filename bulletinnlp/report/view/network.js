// Who stands together: names that act or are acted upon in one event. A shared page or article joins nobody, and an
// event of many parties joins each two of them the less (1 to k - 1 for k parties, after Newman), so no list of guests
// becomes a clique.

const MOST_NODES = 40;
const MOST_NODES_NARROW = 22;
const LONGEST_LABEL = 10;
/** Every name keeps its strongest ties. */
const TIES_KEPT = 3;
const PAIRS_FIRST = 10;
const STEPS = 400;

function network() {
  const ties = tiesOf(sight.events);
  if (!ties.length) return null;
  const kept = strongest(ties);
  const pairs = [...ties].sort((a, b) => b.events - a.events || b.weight - a.weight);
  const list = longList((rows) => bars(rows.map(({ ends, events }) => [ends.map((name) => store.name(name)).join(" — "), events, () => toEvents({ between: ends })]), pairs[0].events), pairs, PAIRS_FIRST);
  return panel("network", words("network_note"), element("div", { class: "beside" }, element("div", {}, networkDrawing(kept), shapesKey()), list));
}

/** Each two names that stand together: {ends, events, weight}. */
function tiesOf(events) {
  const ties = new Map();
  for (const { who, whom } of events) {
    const parties = [...new Set([...who, ...whom])].sort((a, b) => a - b);
    parties.forEach((one, n) => parties.slice(n + 1).forEach((other) => {
      const key = `${one} ${other}`;
      if (!ties.has(key)) ties.set(key, { ends: [one, other], events: 0, weight: 0 });
      ties.get(key).events += 1;
      ties.get(key).weight += 1 / (parties.length - 1);
    }));
  }
  return [...ties.values()];
}

/** The names with most weight, and of their ties those that are among the strongest of one end. */
function strongest(ties) {
  const weights = new Map();
  for (const { ends, weight } of ties) for (const end of ends) weights.set(end, (weights.get(end) ?? 0) + weight);
  const nodes = new Set([...weights].sort(([a, x], [b, y]) => y - x || a - b).slice(0, narrow() ? MOST_NODES_NARROW : MOST_NODES).map(([name]) => name));
  const left = new Map();
  const kept = ties.filter(({ ends }) => ends.every((end) => nodes.has(end))).sort((a, b) => b.weight - a.weight).filter(({ ends }) => {
    const some = ends.some((end) => (left.get(end) ?? 0) < TIES_KEPT);
    if (some) for (const end of ends) left.set(end, (left.get(end) ?? 0) + 1);
    return some;
  });
  const tied = new Set(kept.flatMap(({ ends }) => ends));
  return { ties: kept, nodes: [...nodes].filter((name) => tied.has(name)).map((name) => ({ name, label: short(store.name(name)), weight: weights.get(name) })) };
}

const short = (name) => (name.length > LONGEST_LABEL ? `${name.slice(0, LONGEST_LABEL - 1)}…` : name);

function networkDrawing({ nodes, ties }) {
  const [width, height] = narrow() ? [360, 480] : [660, 520];
  layOut(nodes, ties, width, height);
  const at = new Map(nodes.map((node) => [node.name, node]));
  const most = Math.max(...nodes.map(({ weight }) => weight));
  const frame = drawn("svg", { viewBox: `0 0 ${width} ${height}`, class: "drawing", "aria-hidden": "true" });
  for (const { ends, events, weight } of ties) {
    const [one, other] = ends.map((end) => at.get(end));
    const line = (kind) => drawn("line", { x1: one.x, y1: one.y, x2: other.x, y2: other.y, class: kind });
    const seen = line("tie");
    seen.style.strokeWidth = `${Math.min(1 + 1.2 * Math.log2(1 + weight), 7)}px`;
    frame.append(drawn("g", { class: "tie-of", onclick: () => toEvents({ between: ends }) }, line("reach"), seen,
      drawn("title", {}, `${ends.map((name) => store.name(name)).join(" — ")} · ${counted("event", events)}`)));
  }
  for (const node of nodes) frame.append(nodeDrawing(node, 4 + 5 * Math.sqrt(node.weight / most)));
  return frame;
}

function nodeDrawing({ name, label, x, y }, size) {
  const entity = store.entityOf(name);
  const kind = entity === null ? "NONE" : store.index.entities[entity][0];
  return drawn("g", { class: `node ${kind}`, onclick: () => toEvents({ between: [name] }) },
    shape(kind, x, y, size), drawn("text", { x, y: y + size + 12, "text-anchor": "middle" }, label), drawn("title", {}, store.name(name)));
}

/** A circle is a person, a square a body, a diamond a place, a ring a name of no known kind. */
function shape(kind, x, y, size) {
  if (kind === "ORG") return drawn("rect", { x: x - size * 0.9, y: y - size * 0.9, width: 1.8 * size, height: 1.8 * size });
  if (kind === "PLACE") return drawn("path", { d: `M${x} ${y - size * 1.2}L${x + size * 1.2} ${y}L${x} ${y + size * 1.2}L${x - size * 1.2} ${y}Z` });
  return drawn("circle", { cx: x, cy: y, r: size });
}

function shapesKey() {
  const kinds = ["PER", "ORG", "PLACE", "NONE"];
  return element("p", { class: "key" }, kinds.map((kind) => element("span", {},
    drawn("svg", { viewBox: "0 0 14 14", class: `shape node ${kind}`, "aria-hidden": "true" }, shape(kind, 7, 7, 4.5)), words(`one_${kind}`))));
}

/** Beyond so many times the length of a spring names leave each other alone, so that groups without a tie stay near. */
const REACH = 2.2;

/** Springs along ties, all names apart from each other (Fruchterman and Reingold), from a spiral: the same every time. */
function layOut(nodes, ties, width, height) {
  const apart = 0.9 * Math.sqrt((width * height) / nodes.length);
  const number = new Map(nodes.map(({ name }, n) => [name, n]));
  nodes.forEach((node, n) => {
    const [angle, far] = [n * 2.39996, Math.sqrt((n + 0.5) / nodes.length)];
    Object.assign(node, { x: (1 + far * Math.cos(angle)) * width / 2, y: (1 + far * Math.sin(angle)) * height / 2 });
  });
  for (let step = 0; step < STEPS; step += 1) {
    const moves = nodes.map(({ x, y }) => [(width / 2 - x) * 0.12, (height / 2 - y) * 0.16]);
    const push = (a, b, force) => {
      const [dx, dy] = [nodes[a].x - nodes[b].x, nodes[a].y - nodes[b].y];
      const far = Math.max(Math.hypot(dx, dy), 0.1);
      const by = force(far) / far;
      moves[a][0] += dx * by; moves[a][1] += dy * by; moves[b][0] -= dx * by; moves[b][1] -= dy * by;
    };
    for (let a = 0; a < nodes.length; a += 1) for (let b = a + 1; b < nodes.length; b += 1) push(a, b, (far) => (far < REACH * apart ? (apart * apart) / far : 0));
    for (const { ends } of ties) push(number.get(ends[0]), number.get(ends[1]), (far) => -(far * far) / apart);
    const most = (width / 10) * (1 - step / STEPS) + 0.5;
    nodes.forEach((node, n) => {
      const far = Math.max(Math.hypot(...moves[n]), 0.1);
      node.x += (moves[n][0] / far) * Math.min(far, most);
      node.y += (moves[n][1] / far) * Math.min(far, most);
    });
  }
  fitInto(nodes, width, height);
  partLabels(nodes, width, height);
}

function fitInto(nodes, width, height) {
  for (const [key, size, edge] of [["x", width, 50], ["y", height, 24]]) {
    const values = nodes.map((node) => node[key]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    for (const node of nodes) node[key] = high > low ? edge + ((node[key] - low) / (high - low)) * (size - 2 * edge) : size / 2;
  }
}

/** Move names off each other, and into the drawing. */
function partLabels(nodes, width, height) {
  const half = ({ label }) => label.length * 6 + 4;
  for (let round = 0; round < 120; round += 1) {
    nodes.forEach((a, n) => nodes.slice(n + 1).forEach((b) => {
      const over = half(a) + half(b) - Math.abs(a.x - b.x);
      const deep = 32 - Math.abs(a.y - b.y);
      if (over <= 0 || deep <= 0) return;
      const key = over < deep ? "x" : "y";
      const by = (Math.min(over, deep) / 2) * (a[key] <= b[key] ? -1 : 1);
      a[key] += by;
      b[key] -= by;
    }));
    for (const node of nodes) {
      node.x = Math.min(Math.max(node.x, half(node)), width - half(node));
      node.y = Math.min(Math.max(node.y, 14), height - 26);
    }
  }
}
