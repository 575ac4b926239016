// The player: keys, chapters, scenes, speed. The browser's own controls work without it.
"use strict";
(() => {
  const video = document.getElementById("film-video");
  if (!video) return;
  let until = Infinity; // where a sentence that is listened to ends
  const seek = (seconds, play, end) => {
    until = end || Infinity;
    video.currentTime = Math.max(0, Math.min(seconds, video.duration || seconds));
    if (play) video.play().catch(() => {});
  };
  const marks = [...document.querySelectorAll(".thumbs-strip [data-seek]")];
  document.addEventListener("click", (event) => {
    const aim = event.target.closest("[data-seek]");
    if (!aim) return;
    event.preventDefault();
    seek(Number(aim.dataset.seek), true, Number(aim.dataset.until));
    video.focus({ preventScroll: true });
  });
  video.addEventListener("timeupdate", () => {
    if (video.currentTime > until) {
      until = Infinity;
      video.pause();
    }
    const now = marks.filter((mark) => Number(mark.dataset.seek) <= video.currentTime + 0.05).pop();
    for (const mark of marks) mark === now ? mark.setAttribute("aria-current", "true") : mark.removeAttribute("aria-current");
  });
  document.querySelector("[data-speed]")?.addEventListener("change", (event) => { video.playbackRate = Number(event.target.value); });
  const keys = {
    " ": () => (video.paused ? video.play() : video.pause()),
    k: () => (video.paused ? video.play() : video.pause()),
    ArrowLeft: () => seek(video.currentTime - 5),
    ArrowRight: () => seek(video.currentTime + 5),
    j: () => seek(video.currentTime - 10),
    l: () => seek(video.currentTime + 10),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen()),
    m: () => { video.muted = !video.muted; },
    c: () => { for (const track of video.textTracks) track.mode = track.mode === "showing" ? "hidden" : "showing"; },
  };
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, textarea, select, button, a, summary, [contenteditable]");
    if (busy || event.target === video || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key.length > 1 ? event.key : event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });
  const asked = /^#t=([\d.]+)/.exec(location.hash);
  if (asked) video.addEventListener("loadedmetadata", () => seek(Number(asked[1])), { once: true });
})();
