// From values to places on an axis.

const mostChoices = 5;

// Not Math.min(...values): there may be more values than a call takes arguments.
const least = values => values.reduce((one, other) => Math.min(one, other));
const greatest = values => values.reduce((one, other) => Math.max(one, other));

/** A linear or logarithmic scale from the values' range to [from, to]; values that are no finite numbers have no place. */
export function scale(values, from, to, isLog = false) {
  const known = values.filter(value => Number.isFinite(value) && (!isLog || value > 0));
  let [low, high] = known.length === 0 ? [isLog ? 0.1 : 0, 1] : [least(known), greatest(known)];
  if (low === high) [low, high] = isLog ? [low / 2, high * 2] : [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
  const inner = isLog ? Math.log : value => value;
  const span = inner(high) - inner(low);
  const at = value => Number.isFinite(value) && (!isLog || value > 0) ? from + (to - from) * (inner(value) - inner(low)) / span : null;
  return { at, ticks: isLog ? powers(low, high) : rounds(low, high) };
}

/** Places for words or choices, evenly spread. */
export function choices(values, from, to) {
  const names = [...new Set(values.map(String))].sort((left, right) => left.localeCompare(right, "en", { numeric: true }));
  const at = value => names.length === 1 ? (from + to) / 2 : from + (to - from) * names.indexOf(String(value)) / (names.length - 1);
  return { at, ticks: names };
}

/** Whether numbers are better seen by their logarithms: all above 0, and a factor of 20 apart. */
export function looksLogarithmic(values) {
  const known = values.filter(Number.isFinite);
  return known.length > 0 && known.every(value => value > 0) && greatest(known) / least(known) >= 20;
}

/** The scale that suits the values of a parameter: few different ones are choices. */
export function scaleOf(values, from, to) {
  if (new Set(values).size <= mostChoices || !values.every(value => typeof value === "number")) return choices(values, from, to);
  return scale(values, from, to, looksLogarithmic(values));
}

function rounds(low, high) {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= rough);
  const ticks = [];
  for (let tick = Math.ceil(low / step); tick * step <= high; tick++) ticks.push(Number((tick * step).toPrecision(12)));
  return ticks;
}

function powers(low, high) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const factor of high / low > 1000 ? [1] : [1, 2, 5]) {
      const tick = Number((factor * 10 ** power).toPrecision(3));
      if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
    }
  }
  return ticks;
}
