/* <crowd-google-static-map></crowd-google-static-map>: only its name is known. */
import { CrowdElement, define } from "../parts/element.js";

export const definition = {
  "element": "crowd-google-static-map",
  "summary": "Of this one nobody has written down more than its name. It shows nothing, so that a template which has it works otherwise.",
  "attributes": {},
  "slots": {},
  "events": {},
  "answer": "none",
  "demo": ["<crowd-google-static-map></crowd-google-static-map>"]
};

class CrowdGoogleStaticMap extends CrowdElement {
  static definition = definition;
  static markup = "";
  static styles = ":host { display: none; }";
}

define(CrowdGoogleStaticMap);
