// How figures are printed: each on a line, with its unit, what it is compared with, and whether it keeps its budget.

const missed = [];

/**
 * @param {string} name
 * @param {number} value
 * @param {string} unit
 * @param {string} [beside] what the figure is to be seen with
 * @param {boolean} [kept] whether it keeps its budget, if it has one
 */
export function figure(name, value, unit, beside = '', kept) {
  const verdict = kept === undefined ? '' : kept ? 'ok' : 'MISSED';
  console.log(`${name.padEnd(50)} ${value.toFixed(1).padStart(10)} ${unit.padEnd(10)} ${verdict.padEnd(6)} ${beside}`);
  if (kept === false) missed.push(name);
}

/** A figure that must not be above its budget. */
export function atMost(budget, name, value, unit, beside = '') {
  figure(name, value, unit, `budget ${budget} ${unit}${beside && `; ${beside}`}`, value <= budget);
}

/** A rate that must reach a share of a bare operation's rate in the same run. */
export function atLeastShare(budget, name, value, unit, bare, bareName, beside = '') {
  const share = `${percent(value, bare)} of ${bareName} (${Math.round(bare)}/s), budget ${Math.round(100 * budget)} %`;
  figure(name, value, unit, beside ? `${share}; ${beside}` : share, value >= budget * bare);
}

export function heading(text) {
  console.log(`\n${text}`);
}

/** The figures that did not keep their budgets. */
export function missedFigures() {
  return missed;
}

export function percent(part, whole) {
  return `${Math.round((100 * part) / whole)} %`;
}

export function median(values) {
  return quantile(values, 0.5);
}

export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
