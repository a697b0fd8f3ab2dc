/*
 * The look: colours, sizes and the few things that more than one element shows. Colours follow the page's
 * `color-scheme`, so that a template which knows light and dark gets both.
 */
const TOKENS = `
  :host {
    --crowd-paper: light-dark(#fffdf9, #24221f);
    --crowd-sunk: light-dark(#efe9de, #151412);
    --crowd-raised: light-dark(#ffffff, #2d2b27);
    --crowd-line: light-dark(#e0d8ca, #3a3732);
    --crowd-line-strong: light-dark(#857b6c, #847d73);
    --crowd-ink: light-dark(#27251f, #ece7dd);
    --crowd-soft: light-dark(#5c564b, #b5aea1);
    --crowd-accent: light-dark(#14665a, #74cbb9);
    --crowd-accent-hover: light-dark(#0e5148, #93dccd);
    --crowd-accent-ink: light-dark(#ffffff, #0c2a25);
    --crowd-accent-wash: light-dark(#e0efeb, #203b36);
    --crowd-good: light-dark(#38661c, #a6cf85);
    --crowd-good-wash: light-dark(#e7f0dc, #28361e);
    --crowd-warn: light-dark(#7d5200, #e8bd68);
    --crowd-warn-wash: light-dark(#fbeecb, #3d3117);
    --crowd-bad: light-dark(#a2341f, #f19a86);
    --crowd-bad-wash: light-dark(#fae5df, #45231b);
    --crowd-shadow: 0 2px 6px light-dark(rgb(60 48 24 / 12%), rgb(0 0 0 / 45%));
    --crowd-radius: 0.5rem;
    --crowd-control: 2.5rem;
  }
  @media (pointer: coarse) {
    :host { --crowd-control: 2.75rem; }
  }
  :host([hidden]) { display: none !important; }
  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  :focus-visible { outline: 2px solid var(--crowd-accent); outline-offset: 2px; }
  ::placeholder { color: var(--crowd-soft); opacity: 1; }
  svg { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 2;
    stroke-linecap: round; stroke-linejoin: round; }
  .button {
    display: inline-flex; min-height: var(--crowd-control); align-items: center; justify-content: center;
    gap: 0.5rem; padding: 0.4rem 1.1rem; border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius); background: var(--crowd-raised); color: var(--crowd-ink);
    font: inherit; font-weight: 600; line-height: 1.3; text-decoration: none; cursor: pointer;
  }
  .button:hover { border-color: var(--crowd-ink); background: var(--crowd-sunk); }
  .button.primary { border-color: var(--crowd-accent); background: var(--crowd-accent); color: var(--crowd-accent-ink); }
  .button.primary:hover { border-color: var(--crowd-accent-hover); background: var(--crowd-accent-hover); }
  .button.link, .button.icon { border-color: transparent; background: none; color: var(--crowd-accent); }
  .button.link { padding-inline: 0.25rem; font-weight: 400; text-decoration: underline; text-underline-offset: 0.2em; }
  .button.icon { min-width: var(--crowd-control); padding: 0.4rem; border-radius: 50%; }
  .button:is(.link, .icon):hover { color: var(--crowd-accent-hover); background: var(--crowd-accent-wash); }
  .button:is(:disabled, [aria-disabled="true"]) {
    border-color: var(--crowd-line); background: var(--crowd-sunk); color: var(--crowd-soft); cursor: not-allowed;
  }
  .label { display: block; margin-bottom: 0.25rem; color: var(--crowd-ink); font-weight: 600; }
  .field {
    width: 100%; min-height: var(--crowd-control); padding: 0.45rem 0.7rem; border: 1px solid var(--crowd-line-strong);
    border-radius: var(--crowd-radius); background: var(--crowd-raised); color: var(--crowd-ink); font: inherit;
  }
  @media (pointer: coarse) { .field { font-size: max(1rem, 16px); } }
  .field:hover { border-color: var(--crowd-soft); }
  .field:focus-visible { border-color: var(--crowd-accent); outline-offset: -1px; }
  .field:disabled { background: var(--crowd-sunk); color: var(--crowd-soft); }
  .field[aria-invalid="true"] { border-color: var(--crowd-bad); background: var(--crowd-bad-wash); }
  .fault { margin: 0.25rem 0 0; color: var(--crowd-bad); font-size: 0.875em; font-weight: 600; }
  .fault:empty { display: none; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  dialog {
    width: min(44rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); padding: 0; overflow: auto;
    border: 1px solid var(--crowd-line); border-radius: 0.75rem; background: var(--crowd-paper);
    box-shadow: var(--crowd-shadow); color: var(--crowd-ink);
  }
  dialog::backdrop { background: rgb(20 18 14 / 45%); }
  .dialog-head { position: sticky; z-index: 1; top: 0; display: flex; align-items: center; justify-content: space-between; gap: 1rem;
    padding: 0.75rem 0.75rem 0.75rem 1.25rem; border-bottom: 1px solid var(--crowd-line); background: inherit; }
  .dialog-title { margin: 0; font-size: 1.125rem; line-height: 1.3; }
  .dialog-body { padding: 1rem 1.25rem 1.5rem; }
  .dialog-body ::slotted(img) { max-width: 100%; }
`;

// Weighs nothing: any rule of a template wins.
const PAGE = `
  :where(html) { font-family: system-ui, sans-serif; line-height: 1.5; }
  :where(short-instructions, full-instructions, classification-target, short-summary, detailed-instructions,
    positive-example, negative-example) { display: block; }
  :where(crowd-form:not(:defined)) { visibility: hidden; }
`;

const sheets = new Map();

/** The style sheet of this text, one for all elements that use it. */
export function sheetOf(text) {
  if (!sheets.has(text)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
  }
  return sheets.get(text);
}

export const look = () => sheetOf(TOKENS);

document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheetOf(PAGE)];
