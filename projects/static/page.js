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
