/*
 * Stands in for MTurk's script of the same name, with the functions that task pages call, written from
 * how they are called (docs/internals/content.md).
 */

/** A parameter of the page's address as it stands there, still percent-encoded; else the default. */
function turkGetParam(name, defaultValue) {
  const query = location.search.slice(1).split("&");
  const pair = query.find((part) => part.split("=", 1)[0] === name);
  return pair?.includes("=") ? pair.slice(name.length + 1) : defaultValue;
}

/** The origin that answers are posted to, without a slash at its end. */
function turkGetSubmitToHost() {
  return decodeURIComponent(turkGetParam("turkSubmitTo", location.origin)).replace(/\/$/, "");
}

/**
 * Put the assignment's id into its hidden field and the address into the form.  While previewing, the
 * submit button is disabled and says that the HIT must be accepted first.
 */
function turkSetAssignmentID(formId, buttonId) {
  const assignmentId = decodeURIComponent(turkGetParam("assignmentId", ""));
  const field = document.getElementById("assignmentId");
  if (field) field.value = assignmentId;
  const button = document.getElementById(buttonId ?? "submitButton");
  if (button && assignmentId === "ASSIGNMENT_ID_NOT_AVAILABLE") {
    button.disabled = true;
    button.value = "You must ACCEPT the HIT before you can submit the results.";
  }
  const form = document.getElementById(formId ?? "mturk_form");
  form?.setAttribute("action", `${turkGetSubmitToHost()}/mturk/externalSubmit`);
}
