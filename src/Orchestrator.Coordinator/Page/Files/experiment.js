// One experiment: its course, its parameters, its trials.

import { experimentPath, get, post, remove } from "./api.js";
import { historyChart, lineChart, colour, parallelChart, sliceChart } from "./charts.js";
import { h } from "./dom.js";
import { between, hasEnded, number, time } from "./format.js";
import { facts, panel, status, table } from "./parts.js";
import { bestFirst, better, ranks, strength, varied } from "./trials.js";

const mostRows = 200, mostThreads = 400, mostCurves = 24;

export function experimentView(id) {
  const trials = new Map(), curves = new Map();
  let revision = "0", sort = null, isWhole = false;
  return {
    title: id,
    path: [[id, `#/${experimentPath(id)}`]],
    load: async () => {
      const experiment = await get(`${experimentPath(id)}?since=${revision}`);
      for (const trial of experiment.trials) trials.set(trial.number, trial);
      revision = experiment.revision;
      const all = [...trials.values()].sort((one, other) => one.number - other.number);
      await loadCurves(experiment, all, curves);
      return { ...experiment, trials: all, curves: [...curves.values()].map(curve => curve.points.length) };
    },
    draw: (experiment, redraw) => {
      const isBetter = better(experiment);
      const measured = experiment.trials.filter(trial => Number.isFinite(trial.best_metric));
      const shares = ranks(measured, isBetter);
      const shareOf = trial => shares.get(trial.number) ?? 0;
      const linkOf = trial => `#/${experimentPath(id, trial.number)}`;
      const parameters = varied(experiment.trials);
      const metric = experiment.metric.name;
      sort ??= { column: `best ${metric}`, isDown: experiment.metric.goal === "maximize" };
      const leading = bestFirst(measured, shares).slice(0, mostThreads);
      const parts = [
        h("h1", null, id, " ", status(experiment.status)),
        head(experiment, redraw),
      ];
      if (measured.length > 0) {
        parts.push(h("div", { class: "columns" },
          panel("Best of each trial", historyChart({ trials: measured, metric, isBetter, linkOf })),
          panel("Curves", curveChart(experiment, curves, shareOf, linkOf))));
      }
      if (measured.length > 1 && parameters.length > 0) {
        const strengths = parameters.map(name => [name, strength(measured, name, shareOf)]).sort((one, other) => other[1] - one[1]);
        parts.push(panel("Parameters", parallelChart({ trials: leading, parameters: parameters.slice(0, 9), metric, shareOf, linkOf })));
        parts.push(panel("What each parameter explains alone", h("div", { class: "slices" }, strengths.map(([name, part]) =>
          h("div", null, `${name} ${Math.round(part * 100)} %`, sliceChart({ trials: leading, parameter: name, metric, shareOf, linkOf }))))));
      }
      parts.push(panel(`Trials (${experiment.trials.length})`, trialTable(experiment, parameters, sort, next => {
        sort = next;
        redraw();
      }, isWhole), experiment.trials.length > mostRows && !isWhole ? h("button", {
        onclick: () => {
          isWhole = true;
          redraw();
        },
      }, `all ${experiment.trials.length}`) : null));
      parts.push(panel("Sweep file", h("pre", null, experiment.source)));
      return parts;
    },
  };
}

/** Curves of the metric for the best trials and those that run, and of no others; of ended trials once. */
async function loadCurves(experiment, trials, curves) {
  const shown = bestFirst(trials, ranks(trials, better(experiment))).filter((trial, index) => index < mostCurves || trial.status === "running").slice(0, 2 * mostCurves);
  const wanted = new Set(shown.map(trial => trial.number));
  for (const number of curves.keys()) if (!wanted.has(number)) curves.delete(number);
  await Promise.all(shown.map(async trial => {
    const known = curves.get(trial.number);
    if (known && (known.epoch === trial.epoch || hasEnded(trial.status) && known.hasEnded)) return;
    const [curve] = await get(`${experimentPath(experiment.id, trial.number)}/curves?metric=${encodeURIComponent(experiment.metric.name)}`);
    curves.set(trial.number, { trial, epoch: trial.epoch, hasEnded: hasEnded(trial.status), points: (curve?.points ?? []).map(point => [point.step, point.value]) });
  }));
}

function curveChart(experiment, curves, shareOf, linkOf) {
  const lines = [...curves.values()].filter(curve => curve.points.length > 0).sort((one, other) => shareOf(one.trial) - shareOf(other.trial))
    .map(curve => ({ name: `trial ${curve.trial.number}`, points: curve.points, colour: colour(shareOf(curve.trial)), link: linkOf(curve.trial) }));
  return lines.length === 0 ? h("p", { class: "faint" }, "No trial has reported yet.") : lineChart({ lines, x: "step", y: experiment.metric.name, label: `${experiment.metric.name} of the best trials, step by step` });
}

function head(experiment, redraw) {
  const best = experiment.trials.find(trial => trial.number === experiment.best_trial);
  const change = async verb => {
    await post(`${experimentPath(experiment.id)}/${verb}`);
    await redraw.reload();
  };
  const leave = async () => {
    await remove(experimentPath(experiment.id));
    location.hash = "#/";
  };
  return h("section", { class: "panel" },
    facts([
      ["task", experiment.task], ["metric", `${experiment.metric.name} (${experiment.metric.goal})`], ["ranks of a trial", number(experiment.world_size)],
      ["trials", `${number(experiment.trial_count)}${experiment.trial_budget ? ` of ${number(experiment.trial_budget)}` : ""}`],
      ["queue", experiment.queue], ["priority", experiment.priority ? number(experiment.priority) : ""],
      ["submitted", time(experiment.submitted_at)], ["for", between(experiment.submitted_at, experiment.ended_at)], ["folder", experiment.folder],
    ]),
    best ? h("p", null, "Best: ", h("a", { href: `#/${experimentPath(experiment.id, best.number)}` }, `trial ${best.number}`), `, ${experiment.metric.name} ${number(best.best_metric)} at epoch ${best.best_epoch}`) : null,
    experiment.pareto_front?.length > 1 ? h("p", null, "No other trial beats: ", experiment.pareto_front.map(trial => [h("a", { href: `#/${experimentPath(experiment.id, trial)}` }, `trial ${trial}`), " "])) : null,
    experiment.reason ? h("p", null, experiment.reason) : null,
    experiment.waiting ? h("p", { class: "faint" }, experiment.waiting.text) : null,
    h("div", { class: "buttons" },
      experiment.status === "running" ? h("button", { onclick: () => confirm(`Stop ${experiment.id}? It can be resumed.`) && redraw.act(() => change("stop")) }, "Stop") : null,
      experiment.status === "stopped" ? h("button", { onclick: () => redraw.act(() => change("resume")) }, "Resume") : null,
      experiment.status === "running" ? null : h("button", { onclick: () => confirm(`Delete ${experiment.id} with its checkpoints? They do not come back.`) && redraw.act(leave) }, "Delete")));
}

function trialTable(experiment, parameters, sort, onSort, isWhole) {
  const metrics = [experiment.metric.name, ...experiment.further_metrics ?? []];
  const columns = [
    { name: "trial", of: t => h("a", { href: `#/${experimentPath(experiment.id, t.number)}` }, t.number), by: t => t.number, isNumber: true },
    { name: "status", of: t => status(t.status), by: t => t.status },
    { name: "epoch", of: t => `${t.epoch}${t.epochs ? `/${t.epochs}` : ""}`, by: t => t.epoch, isNumber: true },
    { name: `best ${metrics[0]}`, of: t => number(t.best_metric), by: t => t.best_metric, isNumber: true },
    ...metrics.slice(1).map(name => ({ name, of: t => number(t.metrics[name]), by: t => t.metrics[name], isNumber: true })),
    ...parameters.map(name => ({ name, of: t => number(t.parameters[name]), by: t => t.parameters[name], isNumber: experiment.trials.every(t => typeof (t.parameters[name] ?? 0) === "number") })),
    { name: "ended", of: t => time(t.ended_at), by: t => t.ended_at },
    { name: "why", of: t => t.reason ?? (t.parent ? `forked from trial ${t.parent}, epoch ${t.parent_epoch}` : ""), isText: true },
  ];
  const rows = isWhole ? experiment.trials : experiment.trials.slice(-mostRows);
  return table(columns, rows, sort, onSort, trial => trial.number === experiment.best_trial ? "best" : null);
}
