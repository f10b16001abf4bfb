// What the theme's introductions.js shows. Reads {script, graph, words, asked} in JSON from standard input: the script's
// text, the graph or null where it cannot be loaded, the words of the form, and pairs of what is typed or a query.
// Prints for each its text, the addresses that it links, the values of the fields, and the query that it leaves.
import { readFileSync } from "node:fs";

const { script, graph, words, asked } = JSON.parse(readFileSync(0, "utf-8"));
const module = `data:text/javascript;base64,${Buffer.from(script).toString("base64")}`;

class Node {
  constructor(tag) {
    Object.assign(this, { tag, children: [], listeners: {} });
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
  get text() {
    return this.children.map((each) => each.text ?? each).join("");
  }
  get links() {
    return [...(this.href ? [this.href] : []), ...this.children.flatMap((each) => each.links ?? [])];
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const answers = [];
for (const [number, each] of asked.entries()) {
  const [form, way, from, to, names] = ["form", "div", "input", "input", "datalist"].map((tag) => new Node(tag));
  Object.assign(from, { name: "from", value: "", list: names });
  Object.assign(to, { name: "to", value: "" });
  Object.assign(form, { dataset: words, elements: { from, to }, hidden: true });
  let left = "";
  globalThis.document = {
    querySelector: (selector) => (selector === "#way" ? way : form),
    createElement: (tag) => new Node(tag),
  };
  globalThis.location = { search: typeof each === "string" ? each : "" };
  globalThis.history = { pushState: (state, title, address) => { left = address; } };
  globalThis.addEventListener = () => {};
  globalThis.fetch = async () => ({ json: async () => (graph ? graph : JSON.parse("no file")) });
  await import(`${module}#${number}`);
  await settled();
  if (typeof each !== "string") {
    [from.value, to.value] = each;
    await form.listeners.input({ target: from }).catch(() => {});
    await form.listeners.submit({ preventDefault() {} });
  }
  answers.push({
    hidden: form.hidden,
    text: way.children.map((part) => (part.tag === "ol" ? part.children.map((item) => item.text) : part.text)),
    links: way.links,
    values: [from.value, to.value],
    names: names.children.map((option) => option.value),
    left,
  });
}
process.stdout.write(JSON.stringify(answers));
