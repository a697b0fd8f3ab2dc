/*
 * What pages written for jQuery before 1.9 call and later versions no longer have, in terms of what these
 * have: live, die, toggle with functions, $.browser and $.curCSS.
 */
(($) => {
  "use strict";

  $.fn.live = function (kinds, data, act) {
    $(document).on(kinds, this.selector, data, act);
    return this;
  };
  $.fn.die = function (kinds, act) {
    $(document).off(kinds, this.selector || "**", act);
    return this;
  };

  /** With functions, each click calls the next of them; with anything else, what it still is. */
  const showOrHide = $.fn.toggle;
  $.fn.toggle = function (first, second, ...more) {
    if (typeof first !== "function" || typeof second !== "function") return showOrHide.apply(this, [first, second, ...more]);
    const acts = [first, second, ...more.filter((each) => typeof each === "function")];
    return this.each((_, element) => {
      let turn = 0;
      $(element).on("click", function (event) {
        event.preventDefault();
        const act = acts[turn % acts.length];
        turn += 1;
        return act.call(this, event) ?? false;
      });
    });
  };

  const agent = navigator.userAgent.toLowerCase();
  const [, name = "", version = "0"] =
    /(chrome)[ /]([\w.]+)/.exec(agent) ?? /(webkit)[ /]([\w.]+)/.exec(agent) ?? /(mozilla)(?:.*? rv:([\w.]+))?/.exec(agent) ?? [];
  $.browser = { version, ...(name && { [name]: true }), ...(name === "chrome" && { webkit: true }) };
  $.curCSS = $.css;
})(jQuery);
