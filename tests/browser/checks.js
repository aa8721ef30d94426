// Run in the page by checks.py: what is drawn where, and what is written in which language.
({
  // Text that cannot be reached, that is cut off, or that lies on other text.
  layout() {
    const faults = [];
    const width = document.documentElement.clientWidth;
    const wide = document.documentElement.scrollWidth;
    if (wide > width) faults.push(`the page scrolls sideways: ${wide} of ${width} pixels: ${this.widest(width)}`);
    for (const mark of this.lonely()) faults.push(`begins a line without its word: ${mark}`);
    const lines = this.lines();
    for (const line of lines) {
      if (line.right > width + 1 || line.left < -1) faults.push(`beyond the edge: ${line.text}`);
      if (line.cut) faults.push(`cut off: ${line.text}`);
    }
    lines.sort((one, other) => one.top - other.top);
    lines.forEach((one, number) => {
      for (let next = number + 1; next < lines.length && lines[next].top < one.bottom - 4; next++) {
        const other = lines[next];
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - other.top;
        if (across > 2 && down > Math.min(one.height, other.height) * 0.4 && one.node !== other.node)
          faults.push(`lies on "${other.text}": ${one.text}`);
      }
    });
    return [...new Set(faults)];
  },

  // Question marks beside a word that stand on another line than its last letter.
  lonely() {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    return [...document.querySelectorAll(".meaning")].filter((mark) => {
      texts.currentNode = mark;
      while (texts.previousNode() && !texts.currentNode.data.trim());
      range.setStart(texts.currentNode, texts.currentNode.data.trimEnd().length - 1);
      range.setEnd(texts.currentNode, texts.currentNode.data.trimEnd().length);
      const box = mark.getBoundingClientRect();
      return box.height && box.top > range.getBoundingClientRect().bottom - 2;
    }).map((mark) => mark.getAttribute("aria-label"));
  },

  // What an eye stumbles over though nothing is hidden.
  stumbles() {
    const main = document.querySelector("main") || document.body;
    const faults = this.lines().some((line) => main.contains(line.node)) ? [] : ["nothing is shown"];
    for (const heading of main.querySelectorAll("h2, h3, summary"))
      if (heading.checkVisibility() && this.isOpen(heading) && !this.followed(heading))
        faults.push(`stands over nothing: ${heading.textContent.trim()}`);
    for (const link of main.querySelectorAll("a"))
      if (this.touches(link)) faults.push(`runs into the next link: ${link.textContent.trim()}`);
    for (const field of document.querySelectorAll("[placeholder]"))
      if (field.checkVisibility() && this.cuts(field)) faults.push(`cut off: ${field.placeholder}`);
    const words = main.innerText.replaceAll(/《.*?》/g, "");
    for (const [gap] of words.matchAll(/\S*： +\S+/g)) faults.push(`a blank after a wide colon: ${gap}`);
    for (const [joint] of words.matchAll(/\S*[a-z][.:;][A-Z]\S*/g)) faults.push(`no blank after a stop: ${joint}`);
    return [...new Set(faults)];
  },

  // On paper all that folds is open.
  isOpen(heading) {
    return heading.localName !== "summary" || heading.parentElement.open || matchMedia("print").matches;
  },

  followed(heading) {
    for (let next = heading.nextElementSibling; next; next = next.nextElementSibling)
      if (next.getBoundingClientRect().height) return true;
    return false;
  },

  // Two links of a sentence, in words, with no more than a blank between them.
  touches(link) {
    const [text, next] = [link.nextSibling, link.nextElementSibling];
    if (next?.localName !== "a" || text?.nextSibling !== next || text.nodeType !== 3 || text.data.trim()) return false;
    if ([link, next].some((one) => one.matches(".fn, .basis, .meaning"))) return false;
    if (/grid|flex/.test(getComputedStyle(link.parentElement).display)) return false;
    const [one, other] = [[...link.getClientRects()].at(-1), next.getClientRects()[0]];
    return !!one && !!other && Math.abs(one.top - other.top) < 4 && other.left - one.right < 8;
  },

  cuts(field) {
    const style = getComputedStyle(field);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return pen.measureText(field.placeholder).width > room;
  },

  // The innermost boxes that reach beyond the edge.
  widest(width) {
    const boxes = [...document.body.querySelectorAll("*")].filter((one) => this.reach(one) > width + 0.1);
    return boxes.filter((one) => !boxes.some((other) => other !== one && one.contains(other)))
      .map((one) => `${one.localName}.${one.getAttribute("class")} ${this.reach(one)}`).slice(0, 5).join(", ");
  },

  reach(element) {
    for (let box = element.parentElement; box; box = box.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(box).overflowX)) return 0;
    return element.getBoundingClientRect().right;
  },

  // Every line of visible text as it is drawn, without what a box of its own scrolls into view.
  lines() {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      const node = texts.currentNode;
      const text = node.data.trim();
      const parent = node.parentElement;
      if (!text || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (parent.closest("title, script, style")) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width < 1) continue;
        const { top, bottom, left, right, height } = box;
        const seen = this.seen(parent, box);
        if (seen !== "hidden") found.push({ node, text, top, bottom, left, right, height, ...seen });
      }
    }
    return found;
  },

  // How the boxes around a line treat it: hidden on purpose, cut off, or to be scrolled to.
  seen(element, line) {
    let { left, right } = line;
    let cut = false;
    for (let box = element; box && box !== document.documentElement; box = box.parentElement) {
      const style = getComputedStyle(box);
      const frame = box.getBoundingClientRect();
      if (style.clipPath !== "none" || (style.position === "absolute" && frame.right < 0)) return "hidden";
      if (["auto", "scroll"].includes(style.overflowX)) {
        left = Math.max(left, frame.left);
        right = Math.min(right, frame.right);
      } else if (["hidden", "clip"].includes(style.overflowX) && style.display !== "inline") {
        const outside = left < frame.left - 1 || right > frame.right + 1;
        cut ||= outside || line.top < frame.top - 4 || line.bottom > frame.bottom + 4;
      }
    }
    return left < right ? { left, right, cut } : "hidden";
  },

  // In which colours, how large, and on what something is written; of a link also beside what. What was moved
  // from its place may lie on anything, and is known by its class.
  colours() {
    const found = new Set();
    const papers = new Map([[null, []]]);
    const under = (box) => {
      if (!papers.has(box)) {
        const { backgroundColor, backgroundImage, opacity, inset } = getComputedStyle(box);
        const paper = `${backgroundColor} ${backgroundImage} ${opacity}`;
        const own = paper === "rgba(0, 0, 0, 0) none 1" ? [] : [paper];
        if (!/^(auto|0px)$/.test(inset)) own.push(`${box.localName}.${box.className} elsewhere`);
        papers.set(box, [...own, ...under(box.parentElement)]);
      }
      return papers.get(box);
    };
    for (const one of document.body.querySelectorAll("*")) {
      const isWritten = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      if (!(isWritten || one.matches("input, select, textarea")) || !one.checkVisibility()) continue;
      const style = getComputedStyle(one);
      const isLarge = parseFloat(style.fontSize) >= (style.fontWeight >= 700 ? 18.66 : 24);
      const told = [style.color, isLarge, style.textDecorationLine];
      if (one.localName === "a") told.push(getComputedStyle(one.parentElement).color);
      found.add([...told, ...under(one)].join());
    }
    return [...found];
  },

  // Every text and spoken attribute with the language it is said to be in, but for code, and for what somebody
  // searched for, quoted where a page tells others what it is.
  texts() {
    const found = [];
    const add = (element, text, what) => {
      const of = element.closest("[lang]");
      if (text.trim() && !element.closest("code, script, style, [translate=no]"))
        found.push({ text: text.trim(), language: of ? of.getAttribute("lang") : "", where: `${element.localName}${what}` });
    };
    const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) add(texts.currentNode.parentElement, texts.currentNode.data, "");
    for (const name of ["title", "aria-label", "aria-description", "alt", "placeholder", "data-label"])
      for (const element of document.querySelectorAll(`[${name}]`))
        add(element, element.getAttribute(name), ` ${name}=`);
    for (const element of document.querySelectorAll("meta[name=description], meta[property='og:title']"))
      add(element, element.content.replace(/“[^”]*”/g, ""), " content=");
    return found;
  },

  // What has the focus: its words, where it stands, and how that is shown.
  focused() {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const box = { top, bottom, left, right };
    return {
      name: element.localName,
      classes: [...element.classList],
      words: (element.innerText || element.getAttribute("aria-label") || element.value || "").trim(),
      href: element.getAttribute("href"),
      outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
      isSeen: top < innerHeight && bottom > 0 && left < innerWidth && right > 0 && right > left,
      box,
    };
  },
})
