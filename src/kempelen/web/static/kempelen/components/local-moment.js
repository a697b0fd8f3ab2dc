/**
 * <local-moment><input type="datetime-local"> <input type="hidden"></local-moment> tells the server in which time
 * zone the time is meant: that of the browser. The help beside it names the zone.
 */
class LocalMoment extends HTMLElement {
  connectedCallback() {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    if (!timeZone) return;
    this.querySelector("input[type=hidden]").value = timeZone;
    const help = this.closest(".field")?.querySelector(".field-help [data-zone]");
    if (help) help.textContent = timeZone.replaceAll("_", " ");
  }
}
customElements.define("local-moment", LocalMoment);
