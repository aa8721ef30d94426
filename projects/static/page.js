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
// What a link leads to is unfolded.
const unfold = () => {
  for (let at = document.getElementById(decodeURIComponent(location.hash.slice(1))); at; at = at.parentElement) {
    if (at.matches("details")) at.open = true;
  }
};
addEventListener("hashchange", unfold);
unfold();
// Sharing at once, where the browser can; without this script the address is copied by hand.
for (const button of document.querySelectorAll("[data-share]")) {
  const url = button.dataset.share;
  const share = navigator.share
    ? () => navigator.share({ title: document.title, url })
    : navigator.clipboard && (() => navigator.clipboard.writeText(url));
  button.hidden = !share;
  // A person who closes the sheet again has not met a fault.
  button.addEventListener("click", () => share().catch(() => {}));
}
