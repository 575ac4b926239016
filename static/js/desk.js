// The desk: buttons, dialogs, the book and its scenes, dragging, and what others do meanwhile.
"use strict";
(() => {
  const { root, cardOf, put, choose, go, say, inTurn, ask, apply, flush, told, leave } = window.desk;
  const dialog = document.getElementById("desk-dialog");
  const lastField = new Map(); // scene → the words that the cursor was in last

  window.deskAnswered = (answer) => {
    if (answer.show) go(answer.show);
    else if (root.dataset.current) choose(root.dataset.current, { scroll: false });
    if (answer.play) window.deskPlay?.(answer.play);
  };

  // What a form asks is done after everything typed is saved; it carries no words that the server has not.
  const send = async (url, data) => {
    if (!(await flush())) return { failed: "offlineAct" };
    return inTurn(async () => {
      const card = root.querySelector(`form.words[action="${new URL(url, location).pathname}"]`)?.closest("[data-key]");
      if (card && data.has("revision")) data.set("revision", card.dataset.revision);
      const answer = await ask(url, data);
      if (answer.failed !== undefined) { told(answer.failed === "kept" ? "offlineAct" : answer.failed || "refused"); return answer; }
      apply(answer);
      const said = [answer.said, answer.news].filter(Boolean).join(" ");
      if (said) say(said, { wrong: answer.wrong, undo: answer.undo });
      return answer;
    });
  };
  window.desk.send = send;

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!root.contains(form) || form.method !== "post" || event.defaultPrevented) return;
    event.preventDefault();
    const { submitter } = event;
    form.closest("details.menu")?.removeAttribute("open");
    submitter?.closest("details.menu")?.removeAttribute("open");
    if ("leave" in form.dataset) {
      if (await flush()) { leave(); form.submit(); } else told("offlineAct");
      return;
    }
    const answer = await send(submitter?.hasAttribute("formaction") ? submitter.formAction : form.getAttribute("action"), new FormData(form, submitter));
    if (dialog.contains(form) && answer.failed === undefined && !answer.wrong) { forgetForm(form); dialog.close(); }
  });

  // -- dialogs: what a button needs to know first
  const formStore = (form) => `desk.${root.dataset.user}.form.${form.getAttribute("action")}.${form.elements.do?.value}`;
  const forgetForm = (form) => { try { localStorage.removeItem(formStore(form)); } catch { /* shut */ } };
  const show = async (url) => {
    const response = await fetch(url, { headers: { "X-Desk": "1" } }).catch(() => null);
    if (!response?.ok || response.redirected) return told(response ? "login" : "offlineAct");
    const body = dialog.querySelector("[data-body]");
    body.innerHTML = await response.text();
    const area = body.querySelector("textarea");
    try { if (area) area.value = localStorage.getItem(formStore(area.form)) || area.value; } catch { /* shut */ }
    dialog.showModal();
    (body.querySelector("input:not([type=hidden]), textarea, select") || body.querySelector("button, a"))?.focus();
  };
  dialog.addEventListener("input", (event) => {
    if (!event.target.matches("textarea")) return;
    try { localStorage.setItem(formStore(event.target.form), event.target.value); } catch { /* full or shut */ }
  });
  dialog.addEventListener("close", () => { if (root.dataset.current && document.activeElement === document.body) go(root.dataset.current); });

  // -- split where the cursor is
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest?.("[data-key]");
    if (!card) return;
    if (event.target.matches("textarea[data-typed]")) lastField.set(card.dataset.key, event.target);
    if (root.dataset.current !== card.dataset.key) choose(card.dataset.key);
  });
  const cursor = (card) => {
    const area = lastField.get(card.dataset.key);
    if (!area?.isConnected) return "";
    const parts = [...card.querySelectorAll("textarea[data-typed]")].filter((part) => part.value.trim());
    const segment = parts.indexOf(area);
    const at = Math.max(0, area.selectionStart - (area.value.length - area.value.trimStart().length));
    const first = segment === 0 && !area.value.slice(0, area.selectionStart).trim();
    const last = segment === parts.length - 1 && !area.value.slice(area.selectionStart).trim();
    return segment < 0 || first || last ? "" : `${segment}:${at}`;
  };
  const act = (card, what, more = {}) => {
    const form = document.getElementById(`form-${card.dataset.key}`);
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("do", what);
    for (const [name, value] of Object.entries(more)) data.set(name, value);
    return send(form.getAttribute("action"), data);
  };
  const split = async (card) => {
    const where = cursor(card);
    if (where) return act(card, "split", { where });
    if (await flush()) await show(card.querySelector('[data-do="split"]').href);
  };
  Object.assign(window.desk, { act, split, show });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      link.closest("details.menu")?.removeAttribute("open");
      const card = link.closest("[data-key]");
      return link.dataset.do === "split" ? split(card) : show(link.href);
    }
    if (event.target.closest("[data-close]") && dialog.open) { event.preventDefault(); dialog.close(); }
    if (event.target.closest("[data-hush]")) say("");
    const find = event.target.closest("[data-find]");
    if (find) { event.preventDefault(); go(find.closest("[data-key]").dataset.key); }
    const mark = event.target.closest(".mark");
    const stretch = event.target.closest(".told[data-scene]");
    if (mark || (stretch && !window.getSelection().toString())) { event.preventDefault(); go(stretch.dataset.scene); }
    const card = event.target.closest("[data-key]");
    if (card && root.dataset.current !== card.dataset.key) choose(card.dataset.key);
  });

  // -- another order, by mouse
  let held = null;
  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (grip) grip.closest("[data-key]").draggable = true;
  });
  document.addEventListener("pointerup", () => { for (const card of root.querySelectorAll("[draggable=true]")) card.draggable = false; });
  const clear = () => { for (const card of root.querySelectorAll(".drop-before, .drop-after")) card.classList.remove("drop-before", "drop-after"); };
  document.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-key][draggable=true]");
    if (!held) return;
    held.classList.add("held");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.dataset.number);
  });
  const over = (event) => {
    const card = event.target.closest?.("[data-key]");
    if (!held || !card || card === held) return null;
    const box = card.getBoundingClientRect();
    return { card, after: event.clientY > box.top + box.height / 2 };
  };
  document.addEventListener("dragover", (event) => {
    const aim = over(event);
    clear();
    if (!aim) return;
    event.preventDefault();
    aim.card.classList.add(aim.after ? "drop-after" : "drop-before");
  });
  document.addEventListener("drop", (event) => {
    const aim = over(event);
    if (!aim) return;
    event.preventDefault();
    const [from, to] = [Number(held.dataset.number), Number(aim.card.dataset.number) + (aim.after ? 1 : 0)];
    act(held, "move", { to: from < to ? to - 1 : to });
  });
  document.addEventListener("dragend", () => { clear(); held?.classList.remove("held"); if (held) held.draggable = false; held = null; });

  // -- what others do: a bell by socket, and a slow look besides
  let socket, tries = 0, waiting = false;
  const pull = () => {
    if (waiting) return;
    waiting = true;
    inTurn(async () => {
      waiting = false;
      const { live, since, state, page } = root.dataset;
      const answer = await ask(`${live}?${new URLSearchParams({ since, state, page })}`);
      if (answer.failed !== undefined) return;
      apply(answer);
      if (answer.news) say(answer.news);
    });
  };
  const connect = () => {
    socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${root.dataset.socket}`);
    socket.addEventListener("open", () => { tries = 0; });
    socket.addEventListener("message", pull);
    socket.addEventListener("close", () => { setTimeout(connect, Math.min(30000, 1000 * 2 ** tries++)); });
  };
  connect();
  let slow = 0;
  setInterval(() => {
    const alone = socket.readyState !== WebSocket.OPEN;
    const working = document.querySelector("#desk-bar [data-going]");
    slow += 1;
    if (!document.hidden && (alone || working || slow % 6 === 0)) pull();
  }, 4000);

  const asked = /^#scene-(\d+)$/.exec(location.hash) || [null, new URLSearchParams(location.search).get("at")];
  const numbered = root.querySelector(`[data-number="${new URLSearchParams(location.search).get("scene") || "-"}"]`);
  if (asked[1] || numbered) go(asked[1] || numbered.dataset.key);
})();
