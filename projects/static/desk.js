// The report form on this device: what is typed is kept until the server has it, and beside each box stands what
// the server understands of it. Without this script the form says so once it is sent. Signing out forgets everything; whoever signs
// in finds nothing of anybody else, and nobody finds what is older than a session can be.
const PREFIX = "desk:";
const MAX_AGE = 12 * 3600 * 1000;
const store = {
  read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  },
  write(key, value) {
    try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the form still works */ }
  },
  drop(key) {
    try { localStorage.removeItem(key); } catch { /* forbidden */ }
  },
  clear(isGone = () => true) {
    try { for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && isGone(key)) localStorage.removeItem(key); } catch { /* forbidden */ }
  },
};

for (const form of document.querySelectorAll('form[action*="/logout/"]')) {
  form.addEventListener("submit", () => store.clear());
  const owner = form.dataset.user;
  if (owner) store.clear((key) => !key.startsWith(`${PREFIX}${owner}:`) || !(store.read(key)?.at > Date.now() - MAX_AGE));
}

const report = document.querySelector("form[data-report]");
if (report) {
  keepTyped(report);
  showReadings(report);
  openPause(report);
}

function keepTyped(form) {
  const { user, path, saved } = form.dataset;
  const key = `${PREFIX}${user}:${path}`;
  const before = `${key}:before`; // offered, and neither taken nor thrown away yet
  const acknowledged = new Set(saved.split(" "));
  const stamp = form.elements.stamp.value;
  let isDirty = false;
  let sentAt = 0;

  const fields = () => [...form.elements].filter((one) => one.name && /^(SELECT|TEXTAREA)$|^INPUT$/.test(one.tagName) && !["hidden", "file", "submit"].includes(one.type));
  const typed = () => Object.fromEntries(fields().map((one) => [one.name, one.value]));
  const asLoaded = typed();
  const isNews = (entry) => entry && !acknowledged.has(entry.stamp) && Object.entries(entry.fields).some(([name, text]) => asLoaded[name] !== undefined && asLoaded[name] !== text);
  const keep = () => {
    isDirty = true;
    store.write(key, { stamp, at: Date.now(), fields: typed() });
  };

  const found = [store.read(key), store.read(before)].find(isNews);
  store.drop(key);
  store.drop(before);
  if (found) offer(found);
  if ("unsaved" in form.dataset) keep();

  form.addEventListener("input", keep);
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") isDirty = true;
    else keep();
  });
  form.addEventListener("submit", (event) => {
    // A second press while the first is on its way; after ten seconds it is another try.
    if (Date.now() - sentAt < 10000) event.preventDefault();
    else sentAt = Date.now();
  });
  addEventListener("pageshow", () => { sentAt = 0; });
  addEventListener("beforeunload", (event) => {
    if (isDirty && !sentAt) event.preventDefault();
  });

  function offer(entry) {
    const box = document.querySelector("[data-restore]");
    const words = box.querySelector("[data-words]");
    const time = new Date(entry.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
    store.write(before, entry);
    words.textContent = words.dataset.words.replace("{time}", time);
    box.hidden = false;
    box.querySelector("[data-bring-back]").addEventListener("click", () => {
      for (const one of fields()) {
        if (entry.fields[one.name] === undefined || entry.fields[one.name] === one.value) continue;
        one.value = entry.fields[one.name];
        const closed = one.closest("details:not([open])");
        if (closed) closed.open = true;
        one.dispatchEvent(new Event("input", { bubbles: true }));
      }
      done();
    });
    box.querySelector("[data-discard]").addEventListener("click", done);
    function done() {
      store.drop(before);
      box.hidden = true;
      form.querySelector("select, input:not([type=hidden])").focus();
    }
  }
}

// What the server understands of the boxes, asked after a rest; whatever is typed on meanwhile is asked anew.
function showReadings(form) {
  const REST = 300;
  const shown = new Map([...form.querySelectorAll("[data-reading]")].map((one) => [one.dataset.reading, one]));
  const beside = (form.dataset.readingWith ?? "").split(" "); // by which the others are read
  const names = [...[...shown.keys()].flatMap((name) => [name, `${name}_unit`]), ...beside].filter((name) => form.elements[name]);
  const touched = new Set();
  let rest;
  let question;

  form.addEventListener("input", (event) => {
    const name = event.target.name.replace(/_unit$/, "");
    if (!shown.has(name)) return;
    touched.add(name);
    show(name, "", false);
    clearTimeout(rest);
    question?.abort();
    rest = setTimeout(ask, REST);
  });

  async function ask() {
    const typed = new URLSearchParams(names.map((name) => [name, form.elements[name].value]));
    question = new AbortController();
    try {
      const answer = await fetch(form.dataset.readingAt, {
        method: "POST",
        body: typed,
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        signal: question.signal,
        redirect: "error",
      });
      if (!answer.ok) return;
      for (const [name, { words, is_fault: isFault, links }] of Object.entries(await answer.json())) {
        // An empty box may be computed from the one that was typed.
        if (touched.has(name) || !form.elements[name].value) show(name, words, isFault, links);
      }
    } catch { /* typed on, offline or signed out: the form answers once it is sent */ }
  }

  function show(name, words, isFault, links = []) {
    const line = shown.get(name);
    line.textContent = words;
    for (const { href, words: of } of links) line.append(" ", Object.assign(document.createElement("a"), { href, target: "_blank", textContent: of }));
    line.classList.toggle("fault", isFault);
  }
}

// Below a long box: how many of the characters that it may hold.
for (const box of document.querySelectorAll(".field textarea[data-most]")) {
  const count = Object.assign(document.createElement("small"), { className: "count" });
  const tell = () => {
    const length = [...box.value].length;
    count.textContent = `${length} / ${box.dataset.most}`;
    count.classList.toggle("over", length > box.dataset.most);
  };
  box.after(count);
  for (const event of ["input", "change"]) box.addEventListener(event, tell);
  tell();
}

function openPause(form) {
  const { condition } = form.elements;
  condition?.addEventListener("input", () => {
    if (condition.value && condition.value !== "active") form.querySelector("[data-pause]").open = true;
  });
}
