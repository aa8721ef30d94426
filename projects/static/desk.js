// The report form on this device: what is typed is kept until the server has it, differences show as they
// are typed. Without this script nothing is missing but the two. Signing out forgets everything; whoever signs
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
  showDifferences(report);
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

function showDifferences(form) {
  const words = form.dataset;
  const POWERS = { yuan: 0, wan: 4, yi: 8 };

  // Whole yuan, digit by digit: nothing is rounded. null where it is no plain number.
  function yuan(input, unit) {
    const match = /^(\d+)(?:\.(\d+))?$/.exec(input.value.trim().replaceAll(",", ""));
    const power = POWERS[unit.value];
    if (!match || (match[2] ?? "").length > power) return null;
    return BigInt(match[1] + (match[2] ?? "").padEnd(power, "0"));
  }

  function inUnit(sum, unit) {
    const power = POWERS[unit.value];
    const digits = String(sum < 0n ? -sum : sum).padStart(power + 1, "0");
    const whole = digits.slice(0, digits.length - power) || "0";
    const part = power ? digits.slice(-power).replace(/0+$/, "") : "";
    return `${whole}${part && "."}${part} ${unit.selectedOptions[0].textContent}`;
  }

  const signed = (number, text) => `${number < 0 ? "−" : "+"}${text}`;

  // What the server had said stays until something is typed over it.
  function amounts(box) {
    const parts = [...box.querySelectorAll(".entry")].map((entry) => ({
      input: entry.querySelector("input"),
      unit: entry.querySelector("select"),
      shown: entry.querySelector("[data-difference]"),
      held: entry.dataset.yuan === undefined ? null : BigInt(entry.dataset.yuan),
    }));
    const start = words.yearStart === undefined ? null : BigInt(words.yearStart);
    const tell = () => {
      const sums = parts.map((part) => yuan(part.input, part.unit));
      parts.forEach((part, at) => {
        const other = sums[1 - at];
        part.shown.textContent = "";
        if (sums[at] !== null && part.held !== null && sums[at] !== part.held) {
          part.shown.textContent = signed(Number(sums[at] - part.held), inUnit(sums[at] - part.held, part.unit));
        } else if (!part.input.value.trim() && other !== null && start !== null) {
          const computed = at === 0 ? other - start : other + start;
          if (computed >= 0n) part.shown.textContent = words.computed.replace("{n}", inUnit(computed, part.unit));
        }
      });
    };
    box.addEventListener("input", tell);
  }

  function progress(entry) {
    const shown = entry.querySelector("[data-difference]");
    entry.addEventListener("input", (event) => {
      const now = Number(event.target.value.trim().replace(/[%％]$/, ""));
      const by = Math.round((now - Number(entry.dataset.percent)) * 100) / 100;
      const says = event.target.value.trim() && !Number.isNaN(by) && by !== 0;
      shown.textContent = says ? signed(by, words.points.replace("{n}", Math.abs(by))) : "";
    });
  }

  // The last day that is meant; only of dates in digits, the server reads the others.
  function lastDay(text) {
    const match = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?$/.exec(text.trim());
    if (!match) return null;
    const [year, month, day] = match.slice(1).map((part) => part && Number(part));
    if (!month) return Date.UTC(year, 11, 31);
    return day ? Date.UTC(year, month - 1, day) : Date.UTC(year, month, 0);
  }

  function promised(row) {
    const shown = row.querySelector("[data-difference]");
    const input = row.querySelector("input");
    input.addEventListener("input", () => {
      const day = lastDay(input.value);
      const by = day === null ? null : Math.round((day - Date.parse(row.dataset.latest)) / 86400000);
      shown.textContent = by === null ? "" : by === 0 ? words.sameDay : (by > 0 ? words.daysLater : words.daysEarlier).replace("{n}", Math.abs(by));
    });
  }

  form.querySelectorAll("[data-amounts]").forEach(amounts);
  form.querySelectorAll("[data-percent]").forEach(progress);
  form.querySelectorAll(".moved[data-latest]").forEach(promised);
  const condition = form.elements.condition;
  condition.addEventListener("input", () => {
    if (condition.value === "paused") form.querySelector("[data-pause]").open = true;
  });
}
