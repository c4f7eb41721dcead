// One trial: its parameters, what it made, its curves, checkpoints and log.

import { experimentPath, file, get, log, post } from "./api.js";
import { lineChart } from "./charts.js";
import { h } from "./dom.js";
import { between, duration, hasEnded, number, time } from "./format.js";
import { facts, panel, status, table } from "./parts.js";

const mostLines = 200;

export function trialView(id, trialNumber) {
  const path = experimentPath(id, trialNumber);
  const files = new Map();
  return {
    title: `${id}, trial ${trialNumber}`,
    path: [[id, `#/${experimentPath(id)}`], [`trial ${trialNumber}`, `#/${path}`]],
    load: async () => {
      const [trial, curves, checkpoints, artifacts, lines] = await Promise.all([
        get(path), get(`${path}/curves`), get(`${path}/checkpoints`), get(`${path}/artifacts`), log(`${path}/log`, mostLines),
      ]);
      await loadFiles(path, artifacts, files);
      return { trial, curves, checkpoints, artifacts, lines };
    },
    leave: () => files.forEach(url => URL.revokeObjectURL(url)),
    draw: ({ trial, curves, checkpoints, artifacts, lines }, redraw) => [
      h("h1", null, `Trial ${trial.number} of `, h("a", { href: `#/${experimentPath(id)}` }, id), " ", status(trial.status)),
      head(path, trial, redraw),
      files.size > 0 ? panel(`Made at ${folderOf(artifacts[0])}`, h("div", { class: "pictures" }, newest(artifacts).map(a => figure(a.name, files.get(a.name))))) : null,
      h("div", { class: "columns" }, curves.filter(curve => curve.points.length > 0).map(curve => panel(curve.metric,
        lineChart({ lines: [{ name: curve.metric, points: curve.points.map(point => [point.step, point.value]), colour: "var(--accent)" }], x: "step", y: "", label: curve.metric })))),
      checkpoints.length > 0 ? panel("Checkpoints", table(checkpointColumns, checkpoints)) : null,
      panel("Log of rank 0", lines.length === 0 ? h("p", { class: "faint" }, "Nothing yet.") : h("pre", { class: "log" }, lines.map(line =>
        h("span", { class: line.level }, `${new Date(line.time).toLocaleTimeString()} ${line.message}\n`)))),
    ],
  };
}

const checkpointColumns = [
  { name: "epoch", of: c => number(c.epoch), isNumber: true },
  { name: "step", of: c => number(c.step), isNumber: true },
  { name: "metric", of: c => number(c.metric), isNumber: true },
  { name: "MiB", of: c => number(c.bytes / 1048576), isNumber: true },
  { name: "made", of: c => time(c.created_at) },
  { name: "where", of: c => h("code", null, c.location), isText: true },
];

const folderOf = artifact => artifact.name.split("/")[0];

/** What the newest checkpoint that has any shows, in a form that this page can show too. */
const newest = artifacts => artifacts.filter(artifact => folderOf(artifact) === folderOf(artifacts[0]) && kindOf(artifact.name));

const kindOf = name => /\.(png|gif|jpe?g)$/.test(name) ? "picture" : /\.wav$/.test(name) ? "sound" : null;

/** Fetches what is not here yet: the name tells the checkpoint, and a checkpoint's files stay as they are. */
async function loadFiles(path, artifacts, files) {
  const wanted = new Set(newest(artifacts).map(artifact => artifact.name));
  for (const [name, url] of files) {
    if (wanted.has(name)) continue;
    URL.revokeObjectURL(url);
    files.delete(name);
  }
  await Promise.all([...wanted].filter(name => !files.has(name)).map(async name =>
    files.set(name, await file(`${path}/artifacts/${name.split("/").map(encodeURIComponent).join("/")}`))));
}

const figure = (name, url) => h("figure", null,
  kindOf(name) === "picture" ? h("img", { src: url, alt: name }) : h("audio", { src: url, controls: true }),
  h("figcaption", { class: "faint" }, name.split("/").slice(1).join("/")));

function head(path, trial, redraw) {
  const change = verb => redraw.act(async () => {
    await post(`${path}/${verb}`);
    await redraw.reload();
  });
  const button = (verb, word) => h("button", { onclick: () => change(verb) }, word);
  return h("section", { class: "panel" },
    facts([
      ["epoch", `${trial.epoch}${trial.epochs ? ` of ${trial.epochs}` : ""}`], ["step", number(trial.step)], ["attempt", number(trial.attempt)],
      ["best", trial.best_metric == null ? "" : `${number(trial.best_metric)} at epoch ${trial.best_epoch}`],
      ["ends in", duration(trial.progress?.eta_seconds)], ["samples/s", number(trial.progress?.samples_per_second)],
      ["attempt runs for", trial.started_at ? between(trial.started_at) : ""], ["ended", time(trial.ended_at)], ["workers", trial.workers.join(", ")],
      ["forked from", trial.parent ? `trial ${trial.parent}, epoch ${trial.parent_epoch}` : ""],
    ]),
    trial.reason ? h("p", null, trial.reason) : null,
    trial.findings.map(finding => h("p", { class: "error" }, finding)),
    h("h2", null, "Parameters"),
    facts(Object.entries(trial.parameters).map(([name, value]) => [name, number(value)])),
    h("div", { class: "buttons" },
      trial.status === "running" ? button("pause", "Pause") : null,
      trial.status === "paused" || hasEnded(trial.status) && trial.epoch < (trial.epochs ?? 0) ? button("resume", "Resume") : null,
      hasEnded(trial.status) ? null : button("stop", "Stop")));
}
