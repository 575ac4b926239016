// Nothing typed is lost: kept in the browser at every key, sent when the writer pauses, one request after another.
"use strict";
(() => {
  const { root, cardOf, fields, isTyped, served, beside, read, put, say } = window.desk;
  const PAUSE = 700, LONGEST = 4000, AGAIN = [2000, 5000, 10000, 20000];
  const refused = new Map(); // scene → words that the server would not have; sent again when they change
  const timers = new Map(), since = new Map();
  let turn = Promise.resolve(), failures = 0, trouble = "";

  const isOpen = (card) => isTyped(card) && ![refused, beside].some((held) => held.get(card.dataset.key) === read(card));
  const open = () => [...root.querySelectorAll("[data-key]")].filter(isOpen);

  // -- the browser's own store
  const store = (key) => `desk.${root.dataset.user}.${root.dataset.project}.${key}`;
  const remember = (card) => {
    const draft = { at: Date.now(), number: card.dataset.number, revision: card.dataset.revision, lines: JSON.parse(read(card)) };
    try { localStorage.setItem(store(card.dataset.key), JSON.stringify(draft)); } catch { /* the store is full or shut */ }
  };
  const forget = (key) => { try { localStorage.removeItem(store(key)); } catch { /* shut */ } };

  // -- one request at a time
  const inTurn = (job) => (turn = turn.then(job, job));
  const status = (text, wrong = false) => {
    const place = root.querySelector("[data-status]");
    if (!place) return;
    place.textContent = text;
    place.classList.toggle("accent", wrong);
  };
  const told = (name) => { trouble = name; status(root.dataset[name], true); say(root.dataset[name], { wrong: true }); };

  const ask = async (url, body) => {
    body?.set("since", root.dataset.since);
    body?.set("state", root.dataset.state);
    body?.set("page", root.dataset.page);
    let response;
    try {
      response = await fetch(url, { method: body ? "POST" : "GET", body, headers: { "X-Desk": "1" } });
    } catch {
      return { failed: "kept" };
    }
    if (response.status === 204) return {};
    if (response.redirected && new URL(response.url).pathname.includes("/login")) return { failed: "login" };
    const type = response.headers.get("content-type") || "";
    if (response.ok && type.includes("json")) return response.json();
    if (response.ok && response.redirected) { location.assign(response.url); return { failed: "" }; }
    if (response.status >= 500 || response.status === 429) return { failed: "kept" };
    return { failed: "refused", gone: response.status === 404 };
  };

  const apply = (answer) => {
    if (answer.revision === undefined) return;
    Object.assign(root.dataset, { since: answer.revision, state: answer.state, page: answer.page });
    const last = trouble ? root.querySelector("[data-status]")?.textContent : "";
    put(answer.parts);
    if (last) status(last, true); else if (!open().length) status(root.dataset.saved);
    window.deskAnswered?.(answer);
  };

  const body = (card) => {
    const form = card.querySelector("form.words");
    const data = new FormData(form);
    data.set("revision", card.dataset.revision);
    data.set("do", "save");
    return data;
  };

  // -- saving
  const save = async (key) => {
    timers.delete(key);
    since.delete(key);
    const card = cardOf(key);
    if (!card || !isOpen(card)) return true;
    const sent = read(card), values = fields(card).map((field) => [field, field.value]);
    status(root.dataset.saving);
    const answer = await ask(card.querySelector("form.words").action, body(card));
    if (answer.failed !== undefined) {
      told(answer.failed || "refused");
      if (answer.failed === "kept") setTimeout(() => soon(key, 0), AGAIN[Math.min(failures++, AGAIN.length - 1)]);
      else refused.set(key, sent);
      return false;
    }
    failures = 0;
    trouble = "";
    if (answer.clash) {
      beside.set(key, sent);
      if (read(card) === sent) forget(key);
      apply(answer);
      say(answer.said, { wrong: true });
      return true;
    }
    if (answer.wrong) {
      refused.set(key, sent);
      apply(answer);
      status(root.dataset.refused, true);
      say(answer.said, { wrong: true });
      return false;
    }
    refused.delete(key);
    beside.delete(key);
    for (const [field, value] of values) served.set(field, value);
    const fresh = answer.scenes?.[key];
    if (fresh !== undefined) {
      card.dataset.revision = fresh;
      card.querySelector("[name=revision]").value = fresh;
    }
    if (!isTyped(card)) forget(key);
    apply(answer);
    if (answer.news) say(answer.news);
    return true;
  };

  const soon = (key, pause = PAUSE) => {
    clearTimeout(timers.get(key));
    if (!since.has(key)) since.set(key, Date.now());
    const left = Math.max(0, LONGEST - (Date.now() - since.get(key)));
    timers.set(key, setTimeout(() => inTurn(() => save(key)), Math.min(pause, left)));
  };
  const flush = async () => {
    let well = true;
    for (const card of open()) well = (await inTurn(() => save(card.dataset.key))) && well;
    return well && !open().length;
  };

  document.addEventListener("input", (event) => {
    const card = event.target.matches?.("[data-typed]") && event.target.closest("[data-key]");
    if (!card) return;
    window.desk.grow(event.target);
    if (isTyped(card)) remember(card); else forget(card.dataset.key);
    soon(card.dataset.key, event.target.matches("select") ? 0 : PAUSE);
  });
  document.addEventListener("focusout", (event) => {
    const card = event.target.matches?.("[data-typed]") && event.target.closest("[data-key]");
    if (card && isOpen(card)) soon(card.dataset.key, 0);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
  window.addEventListener("online", () => { for (const card of open()) soon(card.dataset.key, 0); });
  window.addEventListener("beforeunload", (event) => {
    const cards = [...root.querySelectorAll("[data-key]")];
    if (!leaving && cards.some((card) => isTyped(card) && beside.get(card.dataset.key) !== read(card))) event.preventDefault();
  });
  let leaving = false;

  // -- words that did not reach the server, offered again
  const offers = () => {
    const mine = store("");
    let names = [];
    try { names = Object.keys(localStorage).filter((name) => name.startsWith(mine)); } catch { return; }
    for (const name of names) offer(name.slice(mine.length), localStorage.getItem(name));
  };
  const offer = (key, text) => {
    let draft;
    try { draft = JSON.parse(text); } catch { return forget(key); }
    const card = cardOf(key);
    if (document.querySelector(`.draft[data-draft="${key}"]`) || (card && isTyped(card))) return;
    if (card && read(card) === JSON.stringify(draft.lines)) return forget(key);
    const note = document.getElementById("draft-note").content.firstElementChild.cloneNode(true);
    note.dataset.draft = key;
    const when = new Date(draft.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    note.querySelector("[data-when]").textContent = root.dataset.typed.replace("%s", when);
    note.querySelector("[data-text]").textContent = draft.lines.filter(([name]) => name.startsWith("text-")).map(([, value]) => value).join("\n");
    const fits = card && fields(card).length === draft.lines.length;
    note.querySelector("[data-put-back]").hidden = !fits;
    const link = note.querySelector("[data-go]");
    link.hidden = Boolean(card);
    link.href = `?at=${key}#scene-${key}`;
    note.querySelector("[data-throw]").addEventListener("click", () => { forget(key); note.remove(); });
    note.querySelector("[data-put-back]").addEventListener("click", () => {
      const now = cardOf(key);
      note.remove();
      for (const [field, value] of draft.lines) now.querySelector(`[name="${field}"]`).value = value;
      now.querySelectorAll("textarea").forEach(window.desk.grow);
      refused.delete(key);
      soon(key, 0);
      window.desk.go(key);
    });
    const words = card?.querySelector(".words");
    if (words) words.after(note); else document.getElementById("desk-drafts").append(note);
  };
  root.addEventListener("desk:put", (event) => {
    if ("desk-board" in event.detail) offers();
    for (const card of open()) if (!timers.has(card.dataset.key)) soon(card.dataset.key);
  });
  offers();

  Object.assign(window.desk, { inTurn, ask, apply, flush, save, soon, status, told, leave: () => { leaving = true; } });
})();
