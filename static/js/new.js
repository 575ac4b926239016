// A new film: dropping files, counting bytes, choosing chapters. The forms work without it.
"use strict";
(() => {
  const find = (id) => document.getElementById(id);

  // -- step 1
  const tooLarge = (input) => input.files[0] && input.files[0].size > Number(input.dataset.max) * 2 ** 20;
  const odd = (input) => {
    const name = input.files[0] ? input.files[0].name.toLowerCase() : "";
    return name && !input.accept.split(",").some((ending) => name.endsWith(ending));
  };
  // What is wrong with the chosen file, before a byte of it is sent.
  const wrong = (input) => {
    if (tooLarge(input)) return input.dataset.large;
    return odd(input) ? input.dataset.odd.replace("FILE", input.files[0].name) : "";
  };
  const shown = (input) => {
    if (input.files[0]) find("chosen").textContent = input.files[0].name;
    const why = wrong(input);
    input.setCustomValidity(why);
    find("trouble").replaceChildren();
    if (!why) return;
    const note = find("trouble").appendChild(document.createElement("div"));
    note.className = "note error card-note";
    note.textContent = why;
  };
  document.addEventListener("change", (event) => { if (event.target.id === "file") shown(event.target); });
  document.addEventListener("dragover", (event) => {
    const drop = event.target.closest && event.target.closest("#drop");
    if (drop) { event.preventDefault(); drop.classList.add("over"); }
  });
  document.addEventListener("dragleave", (event) => { if (event.target.id === "drop") event.target.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    const drop = event.target.closest && event.target.closest("#drop");
    if (!drop) return;
    event.preventDefault();
    drop.classList.remove("over");
    const input = find("file");
    input.files = event.dataTransfer.files;
    shown(input);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "upload-form") find("bytes").hidden = false;
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    if (event.target.id !== "upload-form" || !event.detail.lengthComputable) return;
    const share = event.detail.loaded / event.detail.total;
    const said = find("bytes-said");
    find("bytes-bar").value = share * 100;
    said.textContent = share < 1 ? `${said.dataset.sending} ${Math.round(share * 100)} %` : `${said.dataset.reading} …`;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.id === "upload-form" && find("bytes")) find("bytes").hidden = true;
  });
  // A refused form comes back with its reason: show it, as any answer.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([413, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });

  // -- step 2
  const boxes = () => [...document.querySelectorAll("#film .chapters input[name=chapters]")];
  document.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]");
    if (!pick) return;
    for (const box of boxes()) box.checked = pick.dataset.pick === "all" && box.dataset.place !== "";
    find("range").value = "";
    document.querySelector("#film .how-grid")?.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("change", (event) => {
    if (event.target.name !== "chapters") return;
    find("range").value = "";
    document.querySelector("#film .how-grid")?.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("click", (event) => {
    const closes = event.target.closest("[data-closes]");
    const dialog = closes && find(closes.dataset.closes);
    if (dialog && dialog.open) { event.preventDefault(); dialog.close(); }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "mend-body" && !find("mend").open) find("mend").showModal();
  });

  // -- steps 3 and 4
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-play-voice]");
    if (!button) return;
    const chosen = find("voice").value || "best";
    const address = button.dataset.playVoice.replace("VOICE", encodeURIComponent(chosen));
    button.dataset.play = `${address}?language=${encodeURIComponent(button.dataset.language)}`;
  }, true);
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || !("once" in button.dataset)) return;
    if (button.dataset.once === "sent") event.preventDefault();
    button.dataset.once = "sent";
  });
  window.addEventListener("pageshow", () => { for (const b of document.querySelectorAll("[data-once]")) b.dataset.once = ""; });
})();
