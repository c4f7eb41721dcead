// Numbers, times and words as people read them.

/** Four significant digits. */
export function number(value) {
  if (value == null) return "";
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return value.toLocaleString("en");
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

/** A length of time, its two greatest units. */
export function duration(seconds) {
  if (seconds == null || !isFinite(seconds)) return "";
  const whole = Math.max(0, Math.round(seconds));
  const units = [["d", 86400], ["h", 3600], ["m", 60], ["s", 1]];
  const first = units.findIndex(([, size]) => whole >= size);
  if (first < 0) return "0s";
  let rest = whole;
  return units.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return `${count}${unit}`;
  }).filter((text, index) => index === 0 || !text.startsWith("0")).join(" ");
}

/** From a time to another, or to now. */
export const between = (from, to) => from ? duration(((to ? Date.parse(to) : Date.now()) - Date.parse(from)) / 1000) : "";

/** A time as this machine writes it. */
export const time = text => text ? new Date(text).toLocaleString() : "";

/** Whether an experiment or a trial has come to its end. */
export const hasEnded = status => !["running", "pending", "paused", "queued", "waiting", "proposed"].includes(status);
