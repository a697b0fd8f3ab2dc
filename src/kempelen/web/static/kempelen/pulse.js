/**
 * Whether a task still answers. One that loops for ever runs in a process of its own, so that our page goes
 * on; but a browser waits for it before it leaves the page, and may give the next task that same process.
 * A frame without a pulse is therefore taken away before our page is left, or another takes its place.
 */
const BEAT_MS = 1000;

export class Pulse {
  /** `ask` sends the frame a message, which is to be answered by `beat`. */
  constructor(ask) {
    this.missed = 0; // how often it was asked since its last answer
    this.timer = setInterval(() => {
      this.askedAt ??= performance.now();
      this.missed += 1;
      ask();
    }, BEAT_MS);
  }

  beat() {
    this.askedAt = undefined;
    this.missed = 0;
  }

  get isAsked() {
    return this.askedAt !== undefined;
  }

  get isStill() {
    return this.isAsked && performance.now() - this.askedAt > BEAT_MS / 2;
  }

  stop() {
    clearInterval(this.timer);
  }
}
