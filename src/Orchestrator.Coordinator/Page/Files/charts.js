// Charts as SVG. What stands for a trial is a link to it, with what it is in a title.

import { s } from "./dom.js";
import { number } from "./format.js";
import { looksLogarithmic, scale, scaleOf } from "./scales.js";

const left = 58, right = 14, top = 16, bottom = 34;

// Width and height as drawn: about as many pixels as there is place for, so that text has its size.
const usual = [640, 280], wide = [1400, 340], small = [300, 190];

const mostMarks = 2000;

/** From poor (0) to good (1): a scale that reads the same in grey and with any sight (after viridis). */
export function colour(share) {
  const stops = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [210, 200, 30]];
  const place = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const index = Math.min(Math.floor(place), stops.length - 2);
  return `rgb(${stops[index].map((value, channel) => Math.round(value + (stops[index + 1][channel] - value) * (place - index))).join()})`;
}

/**
 * Lines over numbers.
 * lines: {name, points: [[x, y]…], colour, link?}; the last one lies on top.
 */
export function lineChart({ lines, x, y, label }) {
  const [width, height] = usual;
  const points = lines.flatMap(line => line.points);
  const across = scale(points.map(point => point[0]), left, width - right);
  const up = scale(points.map(point => point[1]), height - bottom, top, looksLogarithmic(points.map(point => point[1])));
  return chart([width, height], label, axes([width, height], across, up, x, y), lines.map(line => {
    const shape = line.points.length === 1
      ? line.points.map(([a, b]) => s("circle", { class: "mark", cx: across.at(a), cy: up.at(b), r: 2.5, fill: line.colour }))
      : s("path", { class: "curve", stroke: line.colour, d: path(line.points, across, up) });
    return link(line.link, line.name, shape);
  }));
}

/** Every trial's best value (of very many trials the newest), in the order of the trials, and the best so far. */
export function historyChart({ trials, metric, isBetter, linkOf }) {
  const [width, height] = usual;
  const known = trials.filter(trial => Number.isFinite(trial.best_metric));
  const across = scale(known.map(trial => trial.number), left, width - right);
  const up = scale(known.map(trial => trial.best_metric), height - bottom, top);
  let best = null;
  const steps = [];
  for (const trial of known) {
    if (best !== null) steps.push([trial.number, best]);
    if (best === null || isBetter(trial.best_metric, best)) best = trial.best_metric;
    steps.push([trial.number, best]);
  }
  return chart([width, height], `Best ${metric} of each trial`, axes([width, height], across, up, "trial", metric), [
    s("path", { class: "best", d: path(steps, across, up) }),
    known.slice(-mostMarks).map(trial => link(linkOf(trial), `trial ${trial.number} (${trial.status}): ${number(trial.best_metric)}`,
      s("circle", { class: "mark", cx: across.at(trial.number), cy: up.at(trial.best_metric), r: 4, fill: trial.status === "completed" ? "var(--good)" : trial.status === "running" ? "var(--accent)" : "var(--faint)" }))),
  ]);
}

/** Parallel coordinates: a line for each trial over its parameters to its metric, the best ones drawn last. */
export function parallelChart({ trials, parameters, metric, shareOf, linkOf }) {
  const [width, height] = wide;
  const columns = [
    ...parameters.map(name => ({ name, of: trial => trial.parameters[name] })),
    { name: metric, of: trial => trial.best_metric },
  ];
  const step = (width - left - right - 50) / Math.max(1, columns.length - 1);
  columns.forEach((column, index) => {
    column.x = left + index * step;
    column.scale = scaleOf(trials.map(column.of).filter(value => value !== undefined), height - bottom, top + 14);
  });
  const ordered = [...trials].sort((one, other) => shareOf(one) - shareOf(other));
  return chart([width, height], `Parameters and ${metric} of each trial`,
    columns.map(column => [
      s("line", { class: "axis", x1: column.x, x2: column.x, y1: top + 14, y2: height - bottom }),
      s("text", { class: "title", x: column.x, y: top, "text-anchor": "middle" }, column.name),
      column.scale.ticks.map(tick => s("text", { x: column.x + 4, y: column.scale.at(tick) + 4 }, number(tick))),
    ]),
    ordered.map(trial => {
      const stops = columns.map(column => [column.x, column.of(trial) === undefined ? null : column.scale.at(column.of(trial))]).filter(([, y]) => y !== null);
      return link(linkOf(trial), `trial ${trial.number}: ${number(trial.best_metric)}`,
        s("path", { class: "thread", stroke: colour(shareOf(trial)), d: stops.map(([x, y], index) => `${index ? "L" : "M"}${round(x)} ${round(y)}`).join("") }));
    }));
}

/** The metric over one parameter. */
export function sliceChart({ trials, parameter, metric, shareOf, linkOf }) {
  const [width, height] = small;
  const known = trials.filter(trial => trial.parameters[parameter] !== undefined);
  const across = scaleOf(known.map(trial => trial.parameters[parameter]), left, width - right - 20);
  const up = scale(known.map(trial => trial.best_metric), height - bottom, top);
  return chart([width, height], `${metric} over ${parameter}`, axes([width, height], across, up, "", ""), known.map(trial =>
    link(linkOf(trial), `trial ${trial.number}: ${number(trial.parameters[parameter])}, ${number(trial.best_metric)}`,
      s("circle", { class: "mark", cx: across.at(trial.parameters[parameter]), cy: up.at(trial.best_metric), r: 4, fill: colour(shareOf(trial)) }))));
}

const chart = ([width, height], label, ...parts) => s("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label }, ...parts);

const link = (target, title, shape) => target ? s("a", { href: target }, s("title", null, title), shape) : s("g", null, s("title", null, title), shape);

function axes([width, height], across, up, x, y) {
  return [
    s("path", { class: "axis", d: `M${left} ${top}V${height - bottom}H${width - right}` }),
    up.ticks.map(tick => s("text", { x: left - 6, y: up.at(tick) + 4, "text-anchor": "end" }, number(tick))),
    across.ticks.map(tick => s("text", { x: across.at(tick), y: height - bottom + 14, "text-anchor": "middle" }, number(tick))),
    s("text", { class: "title", x: width - right, y: height - 4, "text-anchor": "end" }, x),
    s("text", { class: "title", x: left + 4, y: top - 3 }, y),
  ];
}

/** A path through the points that have a place; a gap where one has none. */
function path(points, across, up) {
  let isDown = false;
  return points.map(([a, b]) => {
    const y = up.at(b);
    if (y === null) {
      isDown = false;
      return "";
    }
    const part = `${isDown ? "L" : "M"}${round(across.at(a))} ${round(y)}`;
    isDown = true;
    return part;
  }).join("");
}

const round = value => Math.round(value * 10) / 10;
