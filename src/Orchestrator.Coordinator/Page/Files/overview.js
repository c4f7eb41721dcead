// All experiments, the workers, the queues.

import { experimentPath, get } from "./api.js";
import { h } from "./dom.js";
import { between, duration, number, time } from "./format.js";
import { facts, panel, status, table } from "./parts.js";

export function overview() {
  let sort = { column: "submitted", isDown: true };
  return {
    title: "Experiments",
    path: [],
    load: async () => {
      const [experiments, workers, queues] = await Promise.all([get("experiments"), get("workers"), get("queues")]);
      return { experiments, workers, queues };
    },
    draw: ({ experiments, workers, queues }, redraw) => [
      panel(`Experiments (${experiments.length})`, experiments.length === 0
        ? h("p", { class: "faint" }, "None yet. ", h("code", null, "orch submit FILE"), " hands one in.")
        : table(experimentColumns, experiments, sort, next => {
          sort = next;
          redraw();
        })),
      h("div", { class: "columns" },
        panel(`Workers (${workers.length})`, workers.length === 0 ? h("p", { class: "faint" }, "None: nothing can be trained.") : table(workerColumns, workers)),
        queues.map(queue => panel(`Queue ${queue.name}`, queueOf(queue)))),
    ],
  };
}

const experimentColumns = [
  { name: "experiment", of: e => h("a", { href: `#/${experimentPath(e.id)}` }, e.id), by: e => e.id },
  { name: "task", of: e => e.task, by: e => e.task },
  { name: "status", of: e => status(e.status), by: e => e.status },
  { name: "trials", of: e => `${number(e.trial_count)}${e.trial_budget ? ` of ${number(e.trial_budget)}` : ""}`, by: e => e.trial_count, isNumber: true },
  { name: "best", of: e => e.best_trial ? h("a", { href: `#/${experimentPath(e.id, e.best_trial)}` }, `trial ${e.best_trial}`) : "", by: e => e.best_trial, isNumber: true },
  { name: "metric", of: e => `${e.metric.name} (${e.metric.goal})`, by: e => e.metric.name },
  { name: "queue", of: e => e.queue, by: e => e.queue },
  { name: "submitted", of: e => time(e.submitted_at), by: e => Date.parse(e.submitted_at) },
  { name: "for", of: e => between(e.submitted_at, e.ended_at) },
  { name: "why", of: e => e.reason ?? e.waiting?.text ?? "", isText: true },
];

const workerColumns = [
  { name: "worker", of: w => w.id },
  { name: "host", of: w => w.host },
  { name: "device", of: w => w.device },
  { name: "trains", of: w => w.running ? runs(w.running) : h("span", { class: "faint" }, "nothing") },
  { name: "heard", of: w => `${duration(w.seconds_since_heard)} ago` },
];

/** An attempt is EXPERIMENT/TRIAL/ATTEMPT. */
function runs(attempt) {
  const [experiment, trial] = attempt.split("/");
  return h("a", { href: `#/${experimentPath(experiment, trial)}` }, `${experiment}, trial ${trial}`);
}

const budgetOf = budget => `${number(budget.used_device_hours)} of ${number(budget.device_hours)} device hours${budget.renews ? `, renewed on ${budget.renews}` : ""}`;

function queueOf(queue) {
  const pairs = values => Object.entries(values).map(([kind, count]) => `${number(count)} ${kind}`).join(", ");
  return [
    facts([["has", pairs(queue.taken) || "nothing"], ["quota", pairs(queue.quota)], ["budget", queue.budget && budgetOf(queue.budget)], ["weight", number(queue.weight)], ["dominant share", number(queue.dominant_share)]]),
    queue.waiting.map(entry => h("p", null, h("a", { href: `#/${experimentPath(entry.experiment)}` }, entry.experiment), ": ", entry.why.text)),
  ];
}
