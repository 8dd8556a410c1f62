"use strict";

// Reload the page once the server has another one for its address.
// Should the server end and start again, the browser asks anew by itself.

const { mark } = document.currentScript.dataset;
const address = `/-/events?at=${encodeURIComponent(location.pathname)}&mark=${mark}`;
let events = null;

/** Listen while the page is looked at: a browser has few connections for one server. */
function listen() {
  events?.close();
  events = null;
  if (!document.hidden) {
    events = new EventSource(address);
    events.addEventListener("changed", () => location.reload());
  }
}

document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", (event) => event.persisted && location.reload());
listen();
