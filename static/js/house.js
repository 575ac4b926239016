// What every page needs. Every link and form works without it.
"use strict";
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  if (zone && !document.cookie.includes(`zone=${zone}`)) {
    document.cookie = `zone=${zone}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-submit]")) event.target.form.submit();
  });

  // A menu closes by Escape and by a click beside it.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // One voice at a time.
  document.addEventListener("play", (event) => {
    for (const media of document.querySelectorAll("audio, video")) {
      if (media !== event.target && !media.muted) media.pause();
    }
  }, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-play]");
    if (!button) return;
    event.preventDefault();
    const audio = document.getElementById("listen") || document.body.appendChild(
      Object.assign(document.createElement("audio"), { id: "listen" }));
    const same = audio.dataset.src === button.dataset.play && !audio.paused;
    if (same) return audio.pause();
    audio.dataset.src = audio.src = button.dataset.play;
    audio.play().catch(() => {});
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.copied;
  });

  // Pages that can't be reached show the offline page.
  if ("serviceWorker" in navigator && window.isSecureContext) {
    window.addEventListener("load", () => navigator.serviceWorker.register(document.body.dataset.offline).catch(() => {}));
  }
})();

// What can't be taken back is asked once more.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-confirm]");
  if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
});
