// From values to places on an axis.

/** A linear or logarithmic scale from the values' range to [from, to]; values that are no finite numbers have no place. */
export function scale(values, from, to, isLog = false) {
  const known = values.filter(value => Number.isFinite(value) && (!isLog || value > 0));
  let least = Math.min(...known), most = Math.max(...known);
  if (known.length === 0) [least, most] = [isLog ? 0.1 : 0, 1];
  if (least === most) [least, most] = isLog ? [least / 2, most * 2] : [least - (Math.abs(least) || 1) / 2, most + (Math.abs(most) || 1) / 2];
  const inner = isLog ? Math.log : value => value;
  const span = inner(most) - inner(least);
  const at = value => Number.isFinite(value) && (!isLog || value > 0) ? from + (to - from) * (inner(value) - inner(least)) / span : null;
  return { at, ticks: isLog ? powers(least, most) : rounds(least, most) };
}

/** Places for words or choices, evenly spread. */
export function choices(values, from, to) {
  const names = [...new Set(values.map(String))].sort((left, right) => left.localeCompare(right, "en", { numeric: true }));
  const at = value => names.length === 1 ? (from + to) / 2 : from + (to - from) * names.indexOf(String(value)) / (names.length - 1);
  return { at, ticks: names };
}

/** Whether numbers are better seen by their logarithms: all above 0, and a factor of 50 apart. */
export const looksLogarithmic = values => values.length > 0 && Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= 50;

/** The scale that suits the values of a parameter. */
export function scaleOf(values, from, to) {
  if (!values.every(value => typeof value === "number")) return choices(values, from, to);
  return scale(values, from, to, looksLogarithmic(values));
}

function rounds(least, most) {
  const rough = (most - least) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= rough);
  const ticks = [];
  for (let tick = Math.ceil(least / step); tick * step <= most * (1 + 1e-12); tick++) ticks.push(Number((tick * step).toPrecision(12)));
  return ticks;
}

function powers(least, most) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++) {
    for (const factor of most / least > 1000 ? [1] : [1, 2, 5]) {
      const tick = Number((factor * 10 ** power).toPrecision(3));
      if (tick >= least * 0.999 && tick <= most * 1.001) ticks.push(tick);
    }
  }
  return ticks;
}
