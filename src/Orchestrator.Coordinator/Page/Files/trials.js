// What an experiment's trials say together.

/** Whether one value of the metric is better than another. */
export const better = experiment => experiment.metric.goal === "maximize" ? (one, other) => one > other : (one, other) => one < other;

/** The parameters that differ between trials, in the order of the first trial that has each. */
export function varied(trials) {
  const seen = new Map();
  for (const trial of trials) {
    for (const [name, value] of Object.entries(trial.parameters)) {
      if (!seen.has(name)) seen.set(name, new Set());
      seen.get(name).add(String(value));
    }
  }
  return [...seen].filter(([name, values]) => values.size > 1 || trials.some(trial => trial.parameters[name] === undefined)).map(([name]) => name);
}

/** From each trial to its share of the trials that are no better than it, by rank: 1 is the best. */
export function ranks(trials, isBetter) {
  const ordered = trials.filter(trial => Number.isFinite(trial.best_metric)).sort((one, other) => isBetter(one.best_metric, other.best_metric) ? 1 : isBetter(other.best_metric, one.best_metric) ? -1 : 0);
  return new Map(ordered.map((trial, index) => [trial.number, ordered.length > 1 ? index / (ordered.length - 1) : 1]));
}

/** The trials that have a rank, the best first. */
export const bestFirst = (trials, shares) => trials.filter(trial => shares.has(trial.number)).sort((one, other) => shares.get(other.number) - shares.get(one.number));

/**
 * How much of the differences between trials' ranks a parameter explains alone, 0 to 1: the correlation ratio (eta squared; Fisher, 1925) over its
 * choices, or over as many equal parts of its numbers as there are trials to fill them.
 */
export function strength(trials, parameter, shareOf) {
  const known = trials.filter(trial => trial.parameters[parameter] !== undefined);
  const values = known.map(trial => trial.parameters[parameter]);
  const kinds = new Set(values.map(String)).size;
  const isSplit = kinds > 6 && values.every(value => typeof value === "number");
  const sorted = [...known].sort((one, other) => one.parameters[parameter] - other.parameters[parameter]);
  const parts = Math.max(2, Math.min(4, Math.floor(known.length / 4)));
  const groupOf = isSplit ? trial => Math.floor(sorted.indexOf(trial) * parts / sorted.length) : trial => String(trial.parameters[parameter]);
  const groups = new Map();
  for (const trial of known) groups.set(groupOf(trial), [...groups.get(groupOf(trial)) ?? [], shareOf(trial)]);
  const mean = list => list.reduce((sum, value) => sum + value, 0) / list.length;
  const all = known.map(shareOf);
  const total = all.reduce((sum, value) => sum + (value - mean(all)) ** 2, 0);
  return total === 0 ? 0 : [...groups.values()].reduce((sum, group) => sum + group.length * (mean(group) - mean(all)) ** 2, 0) / total;
}
