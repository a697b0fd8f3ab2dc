/*
 * Answers: from what controls say to what is sent, and back. An answer is a map of names to values: text,
 * a number, a list, or an object of such. Two formats: one field `taskAnswers` with compact JSON whose keys
 * are sorted on every level, or (answer-format="flatten-objects") a field for each leaf, names joined with
 * dots, lists as JSON.
 */
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isEmpty = (value) => value === undefined || value === null || value === "";

/** Put a control's value to those before: objects of one name become one, else the later counts. */
export function add(answer, name, value) {
  if (isEmpty(value)) return;
  const before = answer.get(name);
  answer.set(name, isObject(before) && isObject(value) ? merged(before, value) : value);
}

/** A box is ticked if one of that name and value is. */
function merged(before, now) {
  const both = { ...before, ...now };
  for (const key of Object.keys(before)) if (before[key] === true && now[key] === false) both[key] = true;
  return both;
}

/** Compact JSON, keys sorted by their code units: also those that look like numbers. */
export function jsonOf(value) {
  if (value instanceof Map) return objectOf([...value]);
  if (Array.isArray(value)) return `[${value.map((item) => jsonOf(item ?? null)).join()}]`;
  return isObject(value) ? objectOf(Object.entries(value)) : JSON.stringify(value);
}

function objectOf(entries) {
  const kept = entries.filter(([, value]) => value !== undefined);
  kept.sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  return `{${kept.map(([key, value]) => `${JSON.stringify(key)}:${jsonOf(value)}`).join()}}`;
}

function* leavesOf(path, value) {
  if (isEmpty(value)) return;
  if (isObject(value)) for (const [key, part] of Object.entries(value)) yield* leavesOf(`${path}.${key}`, part);
  else yield [path, Array.isArray(value) ? jsonOf(value) : String(value)];
}

/** The fields that send an answer: [[name, text], …]. */
export function fieldsOf(answer, format) {
  if (format !== "flatten-objects") return [["taskAnswers", `[${jsonOf(answer)}]`]];
  return [...answer].flatMap(([name, value]) => [...leavesOf(name, value)]);
}

/**
 * An answer that was sent or kept, in whichever format, to be entered again. Controls take from it by name
 * and path, and get text, a number, a boolean or a list; what no control has taken can be asked for.
 */
export class Entered {
  constructor(fields) {
    const packed = fields.find(([name]) => name === "taskAnswers");
    this.isFlat = !packed;
    this.taken = new Set();
    this.parts = new Map(this.isFlat ? fields : entriesOf(packed[1]));
  }

  has(name) {
    return this.parts.has(name) || (this.isFlat && this.namesUnder(name).length > 0);
  }

  namesUnder(name) {
    return [...this.parts.keys()].filter((key) => key.startsWith(`${name}.`));
  }

  take(name, ...path) {
    this.taken.add(name);
    if (!this.isFlat) return path.reduce((value, key) => value?.[key], this.parts.get(name));
    return this.parts.get([name, ...path].join("."));
  }

  /** What no control has been there for, as an answer. */
  *left() {
    for (const [name, value] of this.parts) {
      const isTaken = this.taken.has(name) || [...this.taken].some((one) => name.startsWith(`${one}.`));
      if (!isTaken) yield [name, value];
    }
  }
}

function entriesOf(text) {
  try {
    const [answer] = JSON.parse(text);
    return Object.entries(answer ?? {});
  } catch {
    return [];
  }
}

/** The list that a flattened or a whole answer holds. */
export function listIn(value) {
  if (typeof value !== "string") return Array.isArray(value) ? value : [];
  try {
    return listIn(JSON.parse(value));
  } catch {
    return [];
  }
}

export const isTrue = (value) => value === true || value === "true";
