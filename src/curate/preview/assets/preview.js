"use strict";

// Reload the page once the server has another one for its address.
// Should the server end and start again, the browser asks anew by itself.

const { mark } = document.currentScript.dataset;
const at = encodeURIComponent(location.pathname);
const events = new EventSource(`/-/events?at=${at}&mark=${mark}`);
events.addEventListener("changed", () => location.reload());
// A page that is left must not keep its connection: a browser has few for one server.
addEventListener("pagehide", () => events.close());
addEventListener("pageshow", (event) => event.persisted && location.reload());
