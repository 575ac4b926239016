// The keyboard does everything that the mouse does.
"use strict";
(() => {
  const { root, cardOf, go, act, split, show, save, inTurn, flush } = window.desk;
  const sheet = document.getElementById("desk-keys");
  const button = root.querySelector("[data-keys]");
  button.hidden = false;
  button.addEventListener("click", () => sheet.showModal());

  const current = () => cardOf(root.dataset.current);
  const press = (name) => document.querySelector(`#desk-bar [data-do="${name}"]`);
  const step = (by) => {
    const cards = [...root.querySelectorAll("[data-key]")];
    const place = cards.indexOf(current());
    const next = cards[place < 0 ? (by > 0 ? 0 : cards.length - 1) : place + by];
    if (next) return go(next.dataset.key);
    document.querySelector(`.pages [rel=${by > 0 ? "next" : "prev"}]`)?.focus();
  };
  const dialogOf = (name) => (card) => { const link = card.querySelector(`[data-do="${name}"]`); if (link) flush().then(() => show(link.href)); };
  const writes = (card) => card.querySelector("textarea");

  const anywhere = {
    "?": () => sheet.showModal(),
    j: () => step(1),
    k: () => step(-1),
    z: () => press("undo")?.click(),
    u: () => press("update")?.focus(),
  };
  const ofScene = {
    Enter: (card) => { const area = writes(card); if (area) { area.focus(); area.setSelectionRange(area.value.length, area.value.length); } },
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    p: dialogOf("picture"),
    n: dialogOf("add"),
    s: (card) => { if (card.querySelector('[data-do="split"]')) split(card); },
    m: (card) => { if (writes(card)) act(card, "merge"); },
    b: (card) => { const mark = document.getElementById(`told-${card.dataset.key}`); if (mark) mark.focus(); },
    Delete: (card) => { if (writes(card)) act(card, "delete"); },
  };

  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]") || event.isComposing) return;
    const card = event.target.closest("[data-key]");
    const inText = event.target.matches("textarea, input, select");
    const command = event.ctrlKey || event.metaKey;
    let deed = null;
    if (card && event.altKey && !command && !event.target.matches("select") && (event.key === "ArrowUp" || event.key === "ArrowDown") && document.getElementById(`form-${card.dataset.key}`)) {
      deed = () => act(card, event.key === "ArrowUp" ? "up" : "down");
    } else if (card && inText && event.key === "Escape") deed = () => card.focus();
    else if (card && event.target.matches("textarea") && command && event.key === "Enter") deed = () => split(card);
    else if (card && inText && command && event.key === "s") deed = () => inTurn(() => save(card.dataset.key));
    else if (!inText && command && event.key === "z" && !event.shiftKey) deed = anywhere.z;
    else if (!inText && !command && !event.altKey) {
      const key = event.key.length > 1 ? event.key : event.key.toLowerCase();
      if (card === event.target && ofScene[key]) deed = () => ofScene[key](card);
      else deed = anywhere[key];
    }
    if (!deed) return;
    event.preventDefault();
    deed();
  });
})();
