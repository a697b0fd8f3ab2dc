/* Ranks as radio buttons: a row for each response, a column for each rank, in a group for each dimension. */
export const RANKS_STYLES = `
  .dimension { min-width: 0; margin: 0 0 1.25rem; padding: 0; border: 0; }
  .dimension legend { padding: 0; font-weight: 600; }
  .dimension .tie { margin: 0 0 0.5rem; color: var(--crowd-soft); font-size: 0.875em; }
  .rank-row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.35rem; padding-block: 0.3rem; border-top: 1px solid var(--crowd-line); }
  .rank-row .of { min-width: 6.5rem; flex: 1; }
  .rank { position: relative; display: grid; width: 2.5rem; height: 2.5rem; place-items: center; border: 1px solid var(--crowd-line-strong);
    border-radius: 50%; background: var(--crowd-raised); font-variant-numeric: tabular-nums; cursor: pointer; }
  .rank:hover { border-color: var(--crowd-accent); }
  .rank:has(:checked) { border-color: var(--crowd-accent); background: var(--crowd-accent); color: var(--crowd-accent-ink); font-weight: 700; }
  .rank:has(:focus-visible) { outline: 2px solid var(--crowd-accent); outline-offset: 2px; }
  .rank:has(:disabled) { cursor: not-allowed; }
  .rank:has(:disabled):not(:has(:checked)) { background: var(--crowd-sunk); color: var(--crowd-soft); }
  .rank input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: inherit; }`;

export function ranksOf({ name, allowTie }, dimension, count) {
  const [group, legend, tie] = ["fieldset", "legend", "p"].map((tag) => document.createElement(tag));
  [group.className, tie.className] = ["dimension", "tie"];
  legend.textContent = name;
  tie.textContent = allowTie ? "1 is the best. Responses may share a rank." : "1 is the best. Each rank once.";
  group.append(legend, tie, ...Array.from({ length: count }, (_, response) => rowOf(name, dimension, response, count)));
  return group;
}

function rowOf(name, dimension, response, count) {
  const [row, title] = ["div", "span"].map((tag) => document.createElement(tag));
  [row.className, title.className] = ["rank-row", "of"];
  title.textContent = `Response ${response + 1}`;
  row.setAttribute("role", "radiogroup");
  row.setAttribute("aria-label", `${name}: ${title.textContent}`);
  row.append(title, ...Array.from({ length: count }, (_, at) => rankOf(dimension, response, at + 1)));
  return row;
}

function rankOf(dimension, response, rank) {
  const [label, box] = ["label", "input"].map((tag) => document.createElement(tag));
  label.className = "rank";
  [box.type, box.name, box.value] = ["radio", `${dimension}-${response}`, rank];
  [box.dataset.dimension, box.dataset.response] = [dimension, response];
  label.append(box, String(rank));
  return label;
}
