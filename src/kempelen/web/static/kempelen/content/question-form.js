/*
 * Question forms: what an answer lacks is said beside its field, before anything is sent and after the server
 * has refused it.  A part of the runtime (runtime.js) of pages that show a QuestionForm, whose message
 * "refused" may have {faults: {<number of the question>: <what is wrong>}}.
 *
 * The same is checked as on the server (domain/questions/form_checks.py), in MTurk's words; what to check
 * stands in the markup (domain/questions/form_controls.py).
 */
(() => {
  "use strict";

  const { config, hear } = kempelen;
  const REQUIRED = "This field is required.";
  const NUMBER = /^[ \t\n]*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[ \t\n]*$/;
  const OTHER = "OtherSelection";

  // ---- What is wrong --------------------------------------------------------------------------------

  const has = (element, name) => element.hasAttribute(`data-${name}`);
  const bound = (element, name, otherwise) => (has(element, name) ? Number(element.dataset[name]) : otherwise);

  function bounded(fault, least, most, unit = "") {
    const from = least === undefined ? "" : ` Must be at least ${least}${unit}.`;
    const to = most === undefined ? "" : ` Must be at most ${most}${unit}.`;
    return fault + from + to;
  }

  const isWithin = (amount, least = -Infinity, most = Infinity) => least <= amount && amount <= most;

  function isFound([pattern, , flags], text) {
    try {
      return new RegExp(pattern, flags).test(text);
    } catch {
      return true; // no pattern at all
    }
  }

  function textFaults(field) {
    const text = field.value;
    const [lowest, highest] = [bound(field, "lowest"), bound(field, "highest")];
    const [shortest, longest] = [bound(field, "shortest"), bound(field, "longest")];
    const isNumber = NUMBER.test(text) && isWithin(Number(text), lowest, highest);
    const patterns = text ? JSON.parse(field.dataset.patterns ?? "[]") : [];
    return [
      has(field, "numeric") && !isNumber && bounded("Invalid numeric value.", lowest, highest),
      !isWithin(text.length, shortest, longest) && bounded("Invalid entry length.", shortest, longest, " characters"),
      ...patterns.map((pattern) => !isFound(pattern, text) && (pattern[1] || "Invalid input supplied.")),
    ].filter(Boolean);
  }

  const boxesOf = (answer) => [...answer.querySelectorAll("input[type=radio], input[type=checkbox], option")];
  const otherField = (answer) => answer.querySelector(".other input[type=text], .other textarea");

  function choiceFaults(answer) {
    const values = boxesOf(answer)
      .filter((box) => (box.checked || box.selected) && box.value)
      .map((box) => box.value);
    const other = values.includes(OTHER) && otherField(answer);
    const count = values.length - (other && !other.value ? 1 : 0); // an other choice without words is none
    const [least, most] = [bound(answer, "least"), bound(answer, "most")];
    if (!count) return has(answer, "required") ? [REQUIRED] : [];
    const faults = other && other.value ? textFaults(other) : [];
    if (count < least) return [`Please select at least ${least}.`, ...faults];
    return count > most ? [`Please select at most ${most}.`, ...faults] : faults;
  }

  function fileFaults(answer) {
    const input = answer.querySelector("input");
    const least = bound(input, "smallest");
    const most = bound(input, "largest");
    const sizes = [...input.files].map((file) => file.size);
    if (!sizes.length) return has(answer, "required") ? [REQUIRED] : [];
    const words = (count) => count.toLocaleString("en-US");
    if (sizes.every((size) => isWithin(size, least, most))) return [];
    return [`The file must have ${words(least)} to ${words(most)} bytes; choose another.`];
  }

  function faultsOf(question) {
    const answer = question.querySelector(".answer");
    const { asks } = answer.dataset;
    if (asks === "choice") return choiceFaults(answer);
    if (asks === "file") return fileFaults(answer);
    const field = answer.querySelector("input, textarea");
    return !field.value && has(answer, "required") ? [REQUIRED] : textFaults(field);
  }

  // ---- Saying it ------------------------------------------------------------------------------------

  const controlsOf = (question) => [...question.querySelectorAll(".answer :is(input, select, textarea)")];

  /** The field that a fault is about: what is typed for the other choice, if there is anything. */
  function faultyControl(question) {
    const controls = controlsOf(question);
    return controls.find((control) => control.checked) ?? controls[0];
  }

  function show(question, text) {
    const place = question.querySelector(".fault");
    place.textContent = text;
    place.hidden = !text;
    question.classList.toggle("has-fault", Boolean(text));
    for (const marked of question.querySelectorAll(".answer [aria-describedby]")) {
      if (marked.role === "radiogroup" || marked.tagName !== "FIELDSET")
        marked.toggleAttribute("aria-invalid", Boolean(text));
      if (text && marked.hasAttribute("aria-invalid")) marked.setAttribute("aria-invalid", "true");
    }
  }

  function check(question) {
    const text = faultsOf(question).join(" ");
    show(question, text);
    return text;
  }

  function sum(count) {
    if (!count) return "";
    const [errors, them] = count === 1 ? ["1 error", "it"] : [`${count} errors`, "them"];
    return `You have ${errors}. Please correct ${them} and try to submit your answers again.`;
  }

  function say(faulty) {
    const place = document.querySelector(".form-fault");
    place.hidden = !faulty.length;
    place.textContent = "";
    // Emptied first, so that the same sentence is read out again.
    setTimeout(() => (place.textContent = sum(faulty.length)));
    if (faulty.length) faultyControl(faulty[0])?.focus();
  }

  // ---- When -----------------------------------------------------------------------------------------

  const questions = () => [...document.querySelectorAll(".question")];
  const questionOf = (event) => event.target instanceof Element && event.target.closest(".question");

  function checkAll(event) {
    const faulty = questions().filter(check);
    say(faulty);
    if (faulty.length) event.preventDefault();
  }

  /** What is typed for the other choice chooses it. */
  function chooseOther(event) {
    const answer = event.isTrusted && event.target.closest(".other") && event.target.closest(".answer");
    if (!answer || !["text", "textarea"].includes(event.target.type) || !event.target.value) return;
    const box = boxesOf(answer).find(({ value }) => value === OTHER);
    if (box && !(box.checked || box.selected)) box[box.tagName === "OPTION" ? "selected" : "checked"] = true;
  }

  /** A fault goes as soon as it is mended, and too many choices are told at once; else nobody is interrupted. */
  function onInput(event) {
    chooseOther(event);
    const question = questionOf(event);
    if (!question) return;
    const isCounted = question.querySelector(".answer").dataset.asks === "choice";
    const text = faultsOf(question).join(" ");
    if (question.classList.contains("has-fault") || (isCounted && text.includes("at most"))) show(question, text);
  }

  /** Who leaves a field has written what they wanted; a field that they only pass through may stay empty. */
  function onLeave(event) {
    const question = questionOf(event);
    if (!question || question.contains(event.relatedTarget)) return;
    if (["text", "textarea"].includes(event.target.type) && event.target.value) check(question);
  }

  hear("refused", ({ faults }) => {
    if (!faults) return;
    for (const question of questions()) show(question, faults[question.id.replace("question-", "")] ?? "");
    say(questions().filter((question) => question.classList.contains("has-fault")));
  });

  if (config.mode !== "work") return;
  document.addEventListener("submit", checkAll, true);
  document.addEventListener("input", onInput);
  document.addEventListener("change", onInput);
  document.addEventListener("focusout", onLeave);
  document.addEventListener("DOMContentLoaded", () => {
    for (const form of document.forms) form.noValidate = true;
  });
})();
