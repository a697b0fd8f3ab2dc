/**
 * What this browser keeps of an assignment until the server has it: its "draft", and the "answer" that
 * is on its way. Storage may be full, or refused altogether: then `keep` says so and nothing breaks.
 */
const PREFIX = "kempelen.kept.";
const KEPT_MS = 60 * 24 * 3600 * 1000;

const keyOf = (kind, assignment) => `${PREFIX}${kind}.${assignment}`;

/** Keep `fields` as they were `at` (milliseconds); false if the browser has no room for them. */
export function keep(kind, assignment, fields, at = Date.now()) {
  try {
    localStorage.setItem(keyOf(kind, assignment), JSON.stringify({ at, fields }));
    return true;
  } catch {
    forget(kind, assignment); // an older copy would pass for the newest
    return false;
  }
}

/** What was kept, as {at, fields}; null if nothing was. */
export function kept(kind, assignment) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(kind, assignment)));
  } catch {
    return null;
  }
}

export function forget(kind, assignment) {
  try {
    localStorage.removeItem(keyOf(kind, assignment));
  } catch {
    // Where storage is refused, nothing was kept.
  }
}

/** The assignments of which this browser keeps something of this kind, oldest first. */
export function assignmentsWith(kind) {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(keyOf(kind, "")));
    const found = names.map((name) => name.slice(keyOf(kind, "").length));
    return found.sort((one, other) => kept(kind, one)?.at - kept(kind, other)?.at);
  } catch {
    return [];
  }
}

/** Let go of what was left behind by assignments that nobody opened again. */
function sweep() {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    const [kind, assignment] = key.slice(PREFIX.length).split(".");
    if (!(Date.now() - kept(kind, assignment)?.at < KEPT_MS)) localStorage.removeItem(key);
  }
}

try {
  sweep();
} catch {
  // As above.
}
