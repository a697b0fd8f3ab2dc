/**
 * <theme-switch hidden> around radio buttons named "theme" ("", "light", "dark") sets the look at once and
 * keeps it in a cookie, so that the server writes the next page in it and nothing flickers.
 */
const A_YEAR = 31_536_000;

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("change", (event) => this.choose(event.target.value));
  }

  choose(theme) {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    document.cookie = `kempelen_theme=${theme}; path=/; max-age=${theme ? A_YEAR : 0}; samesite=lax`;
  }
}
customElements.define("theme-switch", ThemeSwitch);
