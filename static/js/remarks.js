// Remarks: their time comes from the player when one begins to write. Every form works without it.
"use strict";
(() => {
  const video = document.getElementById("film-video");
  const room = document.getElementById("remarks");
  if (!video || !room) return;
  const said = () => document.getElementById("remarks-said");
  const two = (n) => String(n).padStart(2, "0");
  const clock = (seconds) => {
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
    return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  };

  // The first letter sets the time, unless it was set by hand; an empty page takes it back.
  room.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || form.id !== "remark-form") return;
    if (event.target.name === "at") form.dataset.timed = "yes";
    if (event.target.name !== "text" || form.dataset.timed) return;
    form.at.value = clock(video.currentTime);
    form.exact.value = video.currentTime.toFixed(2);
    form.dataset.timed = "yes";
  });
  room.addEventListener("change", (event) => {
    const form = event.target.form;
    if (event.target.name === "text" && !event.target.value.trim()) delete form.dataset.timed;
  });

  // The film is above the remarks: bring it into view with its time.
  room.addEventListener("click", (event) => {
    if (event.target.closest("[data-seek]")) video.scrollIntoView({ block: "nearest" });
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 422) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  // Gone, refused, logged out or no connection: what was typed stays, and it is said.
  document.addEventListener("htmx:afterRequest", (event) => {
    const { status, responseURL } = event.detail.xhr;
    const heard = [200, 422].includes(status) && new URL(responseURL).pathname.includes("/remarks/");
    said().classList.toggle("accent", !heard);
    if (!heard) said().textContent = room.dataset.failed;
  });
  // Folded stays folded, open stays open; whoever pressed a button that is gone is not lost.
  let unfolded = false;
  document.addEventListener("htmx:beforeRequest", () => { unfolded = Boolean(document.getElementById("remarks-done")?.open); });
  document.addEventListener("htmx:afterRequest", () => {
    const done = document.getElementById("remarks-done");
    if (done) done.open = unfolded;
    const wrong = room.querySelector("[aria-invalid='true']");
    if (wrong) wrong.focus();
    else if (document.activeElement === document.body) document.getElementById("remarks-head").focus({ preventScroll: true });
  });
})();
