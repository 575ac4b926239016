// The desk's parts: puts what the server sends in its place, and never over what is being typed.
"use strict";
window.desk = (() => {
  const root = document.getElementById("desk");
  document.documentElement.classList.add("scripted");
  const served = new WeakMap(); // a field → what the server has for it
  const beside = new Map(); // scene → words that the server keeps beside the script, two having written at once

  const cardOf = (key) => document.getElementById(`scene-${key}`);
  const fields = (card) => [...card.querySelectorAll("[data-typed]")];
  const asServed = (field) => served.get(field) ??
    (field.matches("select") ? (field.querySelector("option[selected]") || field.options[0]).value : field.defaultValue);
  const isTyped = (card) => fields(card).some((field) => field.value !== asServed(field));
  const read = (card) => JSON.stringify(fields(card).map((field) => [field.name, field.value]));

  const grow = (area) => {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };

  // Words that are being typed stay in the new card, over the revision that they were written against.
  const keepTyped = (old, fresh) => {
    if (!isTyped(old)) return;
    if (beside.get(old.dataset.key) === read(old) && !fresh.querySelector(".clash")) { // somebody has chosen
      beside.delete(old.dataset.key);
      return;
    }
    const [from, to] = [fields(old), fields(fresh)];
    const same = from.length === to.length && from.every((field, n) => field.name === to[n].name);
    if (!same) return; // they lie in the browser's store, and are offered
    from.forEach((field, n) => { to[n].value = field.value; });
    fresh.dataset.revision = old.dataset.revision;
    fresh.querySelector("[name=revision]").value = old.dataset.revision;
  };

  // Where the writer is: gives back a function that brings focus, cursor and scroll to the same place.
  const place = () => {
    const at = document.activeElement;
    const card = at && at.closest("[data-key]");
    if (!card) return () => {};
    const { key } = card.dataset;
    const top = card.getBoundingClientRect().top;
    const cursor = at.matches("textarea") ? [at.selectionStart, at.selectionEnd] : null;
    return () => {
      const now = cardOf(key);
      if (!now) return;
      const field = (at.name && now.querySelector(`[name="${at.name}"]`)) || now;
      field.focus({ preventScroll: true });
      if (cursor && field.matches("textarea")) field.setSelectionRange(...cursor);
      window.scrollBy(0, now.getBoundingClientRect().top - top);
    };
  };

  const made = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    return holder.content.firstElementChild;
  };

  const put = (parts) => {
    for (const [id, html] of Object.entries(parts)) {
      const old = document.getElementById(id);
      if (!old) continue;
      const fresh = made(html);
      const back = old.contains(document.activeElement) ? place() : () => {};
      const passage = old.querySelector(".passage")?.scrollTop;
      const cards = id.startsWith("scene-") ? [fresh] : fresh.querySelectorAll("[data-key]");
      for (const card of cards) {
        const before = cardOf(card.dataset.key);
        if (before) keepTyped(before, card);
      }
      for (const open of old.querySelectorAll("details[data-keep][open]")) {
        const same = fresh.querySelector(`#${open.id}`);
        if (same) same.open = true;
      }
      old.replaceWith(fresh);
      if (passage !== undefined) fresh.querySelector(".passage").scrollTop = passage;
      fresh.querySelectorAll("textarea").forEach(grow);
      back();
    }
    root.dispatchEvent(new CustomEvent("desk:put", { detail: parts }));
  };

  // One scene is current: its words in the book are lit.
  const choose = (key, { scroll = true } = {}) => {
    for (const card of root.querySelectorAll("[data-key][aria-current]")) card.removeAttribute("aria-current");
    for (const stretch of root.querySelectorAll(".told.lit")) stretch.classList.remove("lit");
    cardOf(key)?.setAttribute("aria-current", "true");
    root.dataset.current = key;
    const stretches = root.querySelectorAll(`.told[data-scene="${key}"]`);
    for (const stretch of stretches) stretch.classList.add("lit");
    const panel = document.getElementById("passage");
    if (stretches.length && scroll) {
      panel.scrollTop += stretches[0].getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 4;
    }
  };

  const go = (key) => {
    const card = cardOf(key);
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    choose(key);
  };

  const toast = document.querySelector("[data-toast]");
  const say = (text, { wrong = false, undo = 0 } = {}) => {
    toast.hidden = !text;
    toast.querySelector("[data-text]").textContent = text;
    toast.classList.toggle("wrong", wrong);
    const form = toast.querySelector("form");
    if (form) { form.hidden = !undo; form.elements.change.value = undo || ""; }
  };

  root.querySelectorAll("textarea").forEach(grow);
  return { root, cardOf, fields, isTyped, served, beside, read, grow, put, choose, go, say };
})();
