// Names that a search field offers, fetched once somebody goes to it; without this script it is a plain field.
const names = document.getElementById("names");
const offer = async () => {
  const answer = await fetch(names.dataset.names);
  const all = answer.ok ? await answer.json() : { names: [] };
  names.replaceChildren(...all.names.map((name) => new Option(name, name)));
};
if (names?.dataset.names) {
  for (const field of document.querySelectorAll("[list=names]")) {
    // Who is away from the network searches all the same.
    field.addEventListener("focus", () => names.options.length || offer().catch(() => {}), { once: true });
  }
}
// Printing and sharing at once, where the browser can; without this script each opens and says how.
for (const one of document.querySelectorAll("[data-print] summary")) {
  one.addEventListener("click", (event) => {
    event.preventDefault();
    window.print();
  });
}
for (const button of document.querySelectorAll("[data-share]")) {
  const url = button.dataset.share;
  const share = navigator.share
    ? () => navigator.share({ title: document.title, url })
    : navigator.clipboard && (() => navigator.clipboard.writeText(url));
  button.hidden = !share;
  // A person who closes the sheet again has not met a fault.
  button.addEventListener("click", () => share().catch(() => {}));
}
