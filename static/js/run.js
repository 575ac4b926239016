// A run, live: leaves alone what did not change, keeps the tab's title, tells when the film is ready.
"use strict";
(() => {
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const part = event.detail.fragment;
    const fresh = part.dataset ? part : part.firstElementChild;
    const old = event.detail.target;
    if (!fresh || !fresh.dataset || !fresh.dataset.v) return;
    if (old.dataset.v === fresh.dataset.v) event.detail.shouldSwap = false;
    else old.dataset.v = fresh.dataset.v;
  });

  // The poll asks only for what differs from what is shown.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.id !== "run-poll") return;
    event.detail.parameters.known = [...document.querySelectorAll("#run [data-v]")].map((part) => `${part.id}:${part.dataset.v}`).join(",");
  });

  const run = document.getElementById("run");
  const told = () => document.getElementById("run-progress");
  let status = told().dataset.status;
  const look = () => {
    const { status: now, percent, now: said } = told().dataset;
    const open = now === "running" || now === "pending";
    document.title = open ? `${percent} % · ${said} · ${run.dataset.title}` : `${said} · ${run.dataset.title}`;
    if (now === status) return;
    status = now;
    const buttons = document.getElementById("run-buttons");
    if (buttons) buttons.hidden = !open;
    const message = { succeeded: run.dataset.ready, failed: run.dataset.stopped }[now];
    if (message && "Notification" in window && Notification.permission === "granted" && document.hidden) {
      new Notification(message, { body: run.dataset.title });
    }
  };
  look();
  document.addEventListener("htmx:oobAfterSwap", look);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-notify]");
    if (button && "Notification" in window && Notification.permission === "default") Notification.requestPermission();
  });
})();
