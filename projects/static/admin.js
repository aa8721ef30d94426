// Helps while typing; every form works without them. Hooks are data attributes and Django's own classes.

// Gives Django's searchable selects the name that their label gives the field beneath.
(() => {
  const name = () => {
    for (const field of document.querySelectorAll("select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${field.id}"]`);
      const box = field.nextElementSibling;
      if (!label || !box?.classList.contains("select2")) continue;
      for (const part of box.querySelectorAll("[role=combobox], [role=textbox]")) {
        part.setAttribute("aria-label", label.textContent.replace(/[:：]\s*$/, "").trim());
      }
    }
  };
  // They are made at no fixed moment, and again with each row that is added.
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
  name();
})();

// Shows only the fields that the chosen topic takes; what is filled or refused stays in sight.
(() => {
  const topic = document.querySelector("select[data-shows]");
  if (!topic) return;
  const shows = JSON.parse(topic.dataset.shows);
  const names = [...new Set(Object.values(shows).flat())];
  const isFilled = (row) => [...row.querySelectorAll("input, select, textarea")].some((field) => field.value);
  const choose = () => {
    const wanted = shows[topic.value];
    for (const name of names) {
      const row = document.querySelector(`.form-row.field-${name}`);
      if (!row) continue;
      row.hidden = Boolean(wanted) && !wanted.includes(name) && !isFilled(row) && !row.querySelector(".errorlist");
    }
  };
  topic.addEventListener("change", choose);
  choose();
})();

// Lists the projects with a name like the one being typed.
(() => {
  const field = document.querySelector("input[data-similar]");
  if (!field) return;
  const list = document.createElement("p");
  list.className = "similar";
  list.setAttribute("role", "status");
  field.closest(".form-row").append(list);
  let waits, asked = 0;
  const show = (found) => {
    list.replaceChildren();
    for (const one of found) {
      const link = document.createElement("a");
      link.href = one.url;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = `${one.code} ${one.name}`;
      list.append(list.childNodes.length ? " · " : `${field.dataset.similarWords} `, link);
    }
  };
  const ask = async () => {
    const turn = ++asked, name = field.value.trim();
    if (name.length < 2) return show([]);
    const question = new URLSearchParams({ name, besides: field.dataset.besides });
    try {
      const answer = await fetch(`${field.dataset.similar}?${question}`, { headers: { Accept: "application/json" } });
      if (turn === asked && answer.ok) show((await answer.json()).similar);
    } catch {
      // A help: the check on saving does not need it.
    }
  };
  field.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(ask, 300); });
})();
