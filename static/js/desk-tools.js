// Hearing things at once: a scene's voice, a word, a voice that is chosen. Every form works without it.
"use strict";
(() => {
  const audio = () => document.getElementById("listen") || document.body.appendChild(
    Object.assign(document.createElement("audio"), { id: "listen" }));
  const play = (url) => {
    const player = audio();
    player.dataset.src = player.src = url;
    player.play().catch(() => {});
  };
  window.deskPlay = play; // the desk's answers name a sound here

  // A word, as it is written in the form just now.
  document.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button || !("say" in button.dataset)) return;
    event.preventDefault();
    const status = document.querySelector("[data-say-status]");
    button.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(button.formAction, { method: "POST", body: new FormData(event.target), headers: { "X-Desk": "1" } });
      const answer = response.ok ? await response.json() : { said: response.statusText };
      if (answer.play) play(answer.play);
      if (status) { status.textContent = answer.said || ""; status.classList.toggle("unseen", !answer.said); }
    } finally {
      button.removeAttribute("aria-busy");
    }
  });

  // The voice that is chosen in a list.
  for (const button of document.querySelectorAll("[data-play-choice]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-play-choice]");
    const chosen = button && document.getElementById(button.dataset.playChoice).value;
    if (chosen) play(button.dataset.sample.replace("VOICE", encodeURIComponent(chosen)));
  });

  // What takes a moment says so while it lasts: the desk's answer, or a failure, gives the button back.
  const busy = new Map();
  const back = () => {
    for (const [button, label] of busy) { button.replaceChildren(...label); button.disabled = false; }
    busy.clear();
  };
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.dataset.busy || !event.target.checkValidity()) return;
    setTimeout(() => {
      busy.set(button, [...button.childNodes]);
      button.textContent = button.dataset.busy;
      button.disabled = true;
    });
    setTimeout(back, 60000);
  });
  document.getElementById("desk")?.addEventListener("desk:put", back);
  window.addEventListener("pageshow", back);
})();
