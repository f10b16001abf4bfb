// What the theme's search.js finds. Reads {script, files, words, asked} in JSON from standard input: the script's text, the
// files of records by their addresses, the words of the form, and for each search the query of the address and what is
// typed then, if anything. Prints for each the titles that are found, the text of the first answer, what is said, the kinds
// that one can choose, whether there is more, the query that it leaves, where arrows lead, how many files are fetched before
// and after the form has the focus, and what Escape leaves in the box and the list.
import { readFileSync } from "node:fs";

const { script, files, words, asked } = JSON.parse(readFileSync(0, "utf-8"));
const module = `data:text/javascript;base64,${Buffer.from(script).toString("base64")}`;

class Node {
  constructor(tag) {
    Object.assign(this, { tag, children: [], listeners: {}, dataset: {} });
  }
  append(...content) {
    this.children.push(...content);
  }
  replaceChildren(...content) {
    this.children = content;
  }
  addEventListener(name, listener) {
    this.listeners[name] = listener;
  }
  dispatchEvent(event) {
    this.listeners[event.type]?.(event);
  }
  all(tag) {
    return this.children.flatMap((each) => (each.tag ? [...(each.tag === tag ? [each] : []), ...each.all(tag)] : []));
  }
  querySelectorAll(tag) {
    return this.all(tag);
  }
  querySelector(tag) {
    return this.all(tag)[0];
  }
  focus() {
    document.activeElement = this;
  }
  get words() {
    return this.hidden ? "" : this.children.map((each) => each.words ?? each).join("");
  }
}

class Option {
  constructor(text, value, initial, chosen) {
    Object.assign(this, { text, value, chosen, dataset: {} });
  }
}
globalThis.Option = Option;
// What is to be done later is done in its order, unless it is taken back.
const later = new Map();
let numbers = 0;
globalThis.setTimeout = (done) => {
  later.set(++numbers, done);
  return numbers;
};
globalThis.clearTimeout = (which) => later.delete(which);
const settled = async () => {
  for (let round = 0; round < 20; round++) {
    await new Promise(setImmediate);
    for (const [which, done] of later) {
      later.delete(which);
      done();
    }
  }
};

const answers = [];
for (const [number, [query, typed]] of asked.entries()) {
  const [form, found, status, list, acts, more, q] = ["form", "div", "p", "ol", "p", "button", "input"].map((tag) => new Node(tag));
  const kind = { options: [new Option("Everywhere", "")], value: "" };
  kind.add = (option) => {
    kind.options.push(option);
    if (option.chosen) kind.value = option.value;
  };
  acts.append(more);
  found.append(status, list, acts);
  Object.assign(found, { hidden: true });
  Object.assign(q, { value: "" });
  Object.assign(form, { dataset: words, elements: { q, kind }, hidden: true });
  let left = "", fallen = () => {};
  globalThis.document = {
    getElementById: (id) => (id === "find" ? form : found),
    createElement: (tag) => new Node(tag),
    documentElement: { lang: "en" },
    addEventListener: (name, listener) => { fallen = listener; },
  };
  globalThis.location = { search: query, pathname: "/search/" };
  globalThis.history = { replaceState: (state, title, address) => { left = address; } };
  const fetched = [];
  globalThis.fetch = async (url) => {
    fetched.push(url);
    return { json: async () => JSON.parse(files[url] ?? "not found") };
  };
  await import(`${module}#${number}`);
  await settled();
  const before = fetched.length;
  form.listeners.focusin?.();
  await settled();
  if (typed !== undefined) {
    q.value = typed;
    form.listeners.input?.();
    await settled();
  }
  q.focus();
  const walked = ["ArrowDown", "ArrowDown", "ArrowUp"].map((key) => {
    fallen({ key, preventDefault() {} });
    return document.activeElement.words || "q";
  });
  answers.push({
    hidden: [form.hidden, found.hidden],
    titles: list.all("a").map((each) => each.words),
    links: list.all("a").map((each) => each.href),
    first: list.children[0]?.words ?? "",
    says: status.textContent ?? "",
    kinds: kind.options.map((each) => each.text),
    more: more.hidden === false,
    left,
    walked,
    fetched: [before, fetched.length],
  });
  fallen({ key: "Escape", preventDefault() {} });
  await settled();
  answers.at(-1).escaped = [q.value, list.children.length, document.activeElement === q];
}
process.stdout.write(JSON.stringify(answers));
