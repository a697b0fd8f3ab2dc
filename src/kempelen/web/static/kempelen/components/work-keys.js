/**
 * <work-keys><span aria-keyshortcuts="Control+Enter" data-shortcut="…"></span>
 *   <span aria-keyshortcuts="1" data-digits data-shortcut="…" hidden></span>
 *   <span aria-keyshortcuts="Shift+Tab" data-own-keys data-shortcut="…" hidden></span></work-keys>
 *
 * Carries keys between a task's frame and our bar. Of those pressed in the task (`taskkey` events, told by
 * content/keys.js) only harmless ones get to the bar: a task may lie about keys, so that none that takes a
 * HIT or sends an answer is among them, and somebody must just have pressed something in the frame.
 * Digits and Ctrl+Enter go to the task, wherever they were pressed. The spans are for <shortcut-help>.
 */
const FROM_TASK = ["s", "r", "n", "t", "b", "?"];
const BETWEEN_MS = 200;
const OURS = "input:not([type=checkbox]), textarea, select, dialog[open], a, summary";

const help = () => document.querySelector("shortcut-help");
const digitOf = (key) => (/^[1-9]$/.test(key) ? Number(key) : 0);

class WorkKeys extends HTMLElement {
  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("taskkey", ({ target, detail }) => this.fromTask(target, detail), { signal });
    document.addEventListener("taskchoices", ({ detail }) => this.offer(detail.count), { signal });
    document.addEventListener("keydown", (event) => this.fromUs(event), { signal });
  }

  disconnectedCallback() {
    this.listening.abort();
  }

  isOff() {
    return !help()?.isOn || document.querySelector("dialog[open]");
  }

  fromTask(taskFrame, { key, isAsked }) {
    if (typeof key !== "string" || this.isOff()) return;
    const hasFocus = document.activeElement === taskFrame.frame && document.hasFocus();
    const isSoon = performance.now() - (this.lastAt ?? -Infinity) < BETWEEN_MS;
    if (!hasFocus || navigator.userActivation?.isActive === false) return;
    if (this.toTask(taskFrame, key) || isSoon || !FROM_TASK.includes(key)) return;
    this.lastAt = performance.now();
    this.querySelector("[data-own-keys]")?.toggleAttribute("hidden", !isAsked);
    document.dispatchEvent(new KeyboardEvent("keydown", { key }));
  }

  fromUs(event) {
    if (!event.isTrusted || event.defaultPrevented || event.altKey || this.isOff()) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const isSend = isCommand && event.key === "Enter";
    if (isCommand !== isSend || event.target.closest?.(OURS)) return;
    if (this.toTask(document.querySelector("task-frame"), isSend ? "Control+Enter" : event.key)) event.preventDefault();
  }

  toTask(taskFrame, key) {
    const number = digitOf(key);
    if (number) taskFrame.tell({ kempelen: "choose", number });
    if (key === "Control+Enter") taskFrame.tell({ kempelen: "send" });
    return Boolean(number) || key === "Control+Enter";
  }

  /** List the digits while the task has so many choices for them. */
  offer(count) {
    const line = this.querySelector("[data-digits]");
    if (!line) return; // in a preview
    const number = Math.min(9, Math.trunc(count) || 0);
    line.hidden = number < 1;
    line.setAttribute("aria-keyshortcuts", Array.from({ length: number }, (_, i) => i + 1).join(" ") || "1");
  }
}
customElements.define("work-keys", WorkKeys);
