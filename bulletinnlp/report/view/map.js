// Where: the places of events as dots on a map of counties (equirectangular, fitted to the dots), and the list of them all.

const PLACES_FIRST = 12;
const MARGIN = 44;
/** Of a degree of latitude. */
const KILOMETRES = 111.32;
/** No map is closer than this many degrees across. */
const SMALLEST = 0.2;

function map() {
  const places = ranked(sight.events.flatMap(({ where }) => where));
  if (!places.length) return null;
  const dots = ranked(sight.events.flatMap(({ where }) => [...new Set(where.map(spotOf))].filter((spot) => spot !== null && spot !== undefined)));
  const list = longList((rows) => bars(rows.map(([name, many]) => [store.name(name), many, () => toEvents({ at: name })]), places[0][1]), places, PLACES_FIRST);
  const unknown = places.filter(([name]) => (spotOf(name) ?? null) === null).length;
  if (dots.length < 2) return panel("map", words("places_note"), element("div", { class: "abreast" }, list));
  return panel("map", words(store.index.ground ? "map_note_outlines" : "map_note", counted("place", unknown)), element("div", { class: "beside" }, mapDrawing(dots), list));
}

function mapDrawing(dots) {
  const [width, height] = narrow() ? [360, 320] : [620, 430];
  const places = dots.map(([spot, many]) => { const [name, latitude, longitude] = store.index.spots[spot]; return { spot, many, name, latitude, longitude }; });
  const view = fitted(places, width, height);
  const most = Math.max(...places.map(({ many }) => many));
  for (const place of places) Object.assign(place, { x: view.x(place.longitude), y: view.y(place.latitude), radius: 3 + 13 * Math.sqrt(place.many / most) });
  const frame = drawn("svg", { viewBox: `0 0 ${width} ${height}`, class: "drawing", "aria-hidden": "true" });
  frame.append(...land(view, width, height), ...grid(view, width, height), ...places.map(dot), ...placedLabels(places, width), scaleBar(view, height));
  return frame;
}

/** How degrees become places on the drawing: a degree of longitude shrinks by the cosine of the middle latitude. */
function fitted(places, width, height) {
  const range = (values) => { const [low, high] = [Math.min(...values), Math.max(...values)]; return [(low + high) / 2, Math.max(high - low, SMALLEST)]; };
  const [latitude, tall] = range(places.map((place) => place.latitude));
  const [longitude, broad] = range(places.map((place) => place.longitude));
  const shrink = Math.cos((latitude * Math.PI) / 180);
  const zoom = Math.min((width - 2 * MARGIN) / (broad * shrink), (height - 2 * MARGIN) / tall);
  return {
    zoom, latitude, longitude, tall: height / zoom, broad: width / zoom / shrink,
    x: (degrees) => width / 2 + (degrees - longitude) * shrink * zoom,
    y: (degrees) => height / 2 - (degrees - latitude) * zoom,
  };
}

/** More counties than these are drawn with thinner lines. */
const MANY_RINGS = 400;

/** The outlines of counties in one path, and the source's other lines in another: as the source has them. */
function land(view, width, height) {
  const { steps, rings, lines } = store.index.ground ?? { steps: 1, rings: [], lines: [] };
  const path = (moves) => {
    let [x, y] = [0, 0];
    const points = [];
    for (let n = 0; n < moves.length; n += 2) {
      x += moves[n]; y += moves[n + 1];
      points.push([view.x(x / steps), view.y(y / steps)]);
    }
    const within = (axis, size) => points.some((point) => point[axis] > 0) && points.some((point) => point[axis] < size);
    return within(0, width) && within(1, height) ? `M${points.map((point) => point.map((value) => value.toFixed(1)).join(" ")).join("L")}` : "";
  };
  const seen = rings.map(path).filter(Boolean);
  return [
    drawn("path", { class: seen.length > MANY_RINGS ? "land many" : "land", d: seen.map((one) => `${one}Z`).join("") }),
    drawn("path", { class: "line", d: lines.map(path).join("") }),
  ];
}

/** Lines of whole degrees, or parts of one, some five across. */
function grid(view, width, height) {
  const step = roundStep(Math.max(view.tall, view.broad) / 5);
  const steps = (middle, size) => { const found = []; for (let n = Math.ceil((middle - size / 2) / step); n * step <= middle + size / 2; n += 1) found.push(Number((n * step).toFixed(4))); return found; };
  const lines = [];
  for (const degrees of steps(view.longitude, view.broad)) {
    const x = view.x(degrees);
    lines.push(drawn("line", { x1: x, x2: x, y1: 0, y2: height, class: "grid" }));
    if (x < width - 40) lines.push(drawn("text", { x: x + 4, y: 12, class: "degrees" }, `${Math.abs(degrees)}°${degrees < 0 ? "W" : "E"}`));
  }
  for (const degrees of steps(view.latitude, view.tall)) {
    const y = view.y(degrees);
    lines.push(drawn("line", { x1: 0, x2: width, y1: y, y2: y, class: "grid" }));
    if (y > 28 && y < height - 40) lines.push(drawn("text", { x: 4, y: y - 4, class: "degrees" }, `${Math.abs(degrees)}°${degrees < 0 ? "S" : "N"}`));
  }
  return lines;
}

/** 1, 2 or 5 times a power of ten, not above a value by much. */
function roundStep(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= value * 0.7);
}

function dot({ spot, name, many, x, y, radius }) {
  const node = drawn("circle", { cx: x, cy: y, r: radius, class: "dot", onclick: () => toEvents({ spot }) });
  node.append(drawn("title", {}, `${name} · ${counted("event", many)}`));
  return node;
}

/** The names of the largest dots, each beside its own where no other name or dot stands. */
function placedLabels(places, width) {
  const taken = places.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
  const labels = [];
  places.forEach((place, own) => {
    const long = place.name.length * 13;
    const sides = [["start", place.x + place.radius + 4, place.y + 4], ["end", place.x - place.radius - 4, place.y + 4],
      ["middle", place.x, place.y - place.radius - 5], ["middle", place.x, place.y + place.radius + 14]];
    for (const [anchor, x, y] of sides) {
      const left = { start: x, end: x - long, middle: x - long / 2 }[anchor];
      const box = [left, y - 12, left + long, y + 3];
      const free = left >= 2 && box[2] <= width - 2 && taken.every(([a, b, c, d], n) => n === own || c <= box[0] || a >= box[2] || d <= box[1] || b >= box[3]);
      if (!free) continue;
      taken.push(box);
      labels.push(drawn("text", { x, y, "text-anchor": anchor, class: "place", onclick: () => toEvents({ spot: place.spot }) }, place.name));
      break;
    }
  });
  return labels;
}

function scaleBar({ zoom }, height) {
  const kilometres = roundStep((90 / zoom) * KILOMETRES);
  const long = (kilometres / KILOMETRES) * zoom;
  const y = height - 14;
  return drawn("g", { class: "scale-bar" },
    drawn("path", { d: `M12 ${y - 4}V${y}H${12 + long}V${y - 4}` }), drawn("text", { x: 16, y: y - 6 }, `${number(kilometres)} km`));
}
