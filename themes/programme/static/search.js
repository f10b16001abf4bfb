// The search: what is typed is looked for in the records of the site, here in the browser. Each word must begin a word of
// the record, in any order; case and accents do not matter. The records are fetched when somebody means to search.
import { lookup } from "./lookup.js";
import { words } from "./words.js";

const form = document.getElementById("find"), { q, kind } = form.elements;
const found = document.getElementById("found"), [status, list] = found.children, more = found.querySelector("button");
const language = document.documentElement.lang, everywhere = kind.options[0].text;
const PAGE = 30; // answers at once
const SOME = 1000; // records that are read at once: the page answers to the hand between these

const number = (count) => count.toLocaleString(language);

const asked = new URLSearchParams(location.search);

const fetched = async (url) => {
  const data = await (await fetch(url)).json();
  return data.parts ? (await Promise.all(data.parts.map(fetched))).flat() : [data];
};

const rest = () => new Promise((done) => setTimeout(done));

let reading;
const load = () => (reading ??= read());

async function read() {
  const index = lookup();
  const parts = await fetched(form.dataset.records).catch(() => []);
  if (!parts.length) {
    reading = undefined; // the next word tries again
    clearTimeout(waiting);
    found.hidden = false;
    status.textContent = form.dataset.failed;
    return undefined;
  }
  for (const part of parts) {
    for (let at = 0; at < part.records.length; at += SOME) {
      index.add({ ...part, records: part.records.slice(at, at + SOME) });
      await rest();
    }
  }
  index.close();
  for (const [name, title] of index.kinds) {
    const option = new Option(title, name, false, name === asked.get("kind"));
    option.dataset.title = title;
    kind.add(option);
  }
  return index;
}

const make = (tag, properties, ...inside) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
};

const day = (text) => {
  const [year, month, date] = text.slice(0, 10).split("-");
  const parts = { year: "numeric", ...(month && { month: "long" }), ...(date && { day: "numeric" }), timeZone: "UTC" };
  return new Date(Date.UTC(year, (month ?? 1) - 1, date ?? 1)).toLocaleDateString(language, parts);
};

const shown = ({ title, url, of, date, subtitle, place, summary, lang }) => {
  const text = (words) => make("bdi", lang && { lang }, words);
  const facts = [of, date && day(date), subtitle, place].filter(Boolean).flatMap((each) => [make("bdi", {}, each), " "]);
  const head = make("h2", { className: "title" }, make("a", { href: url }, text(title)));
  return make("li", {}, head, make("p", { className: "meta", hidden: !facts.length }, ...facts), make("p", { hidden: !summary }, text(summary)));
};

let answers = [], waiting;

const show = () => {
  const from = list.children.length;
  list.append(...answers.slice(from, from + PAGE).map(shown));
  more.hidden = list.children.length >= answers.length;
  return from;
};

// Told when typing pauses.
const tell = (slip) => {
  const { found: some, similar, none } = form.dataset;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    status.textContent = answers.length ? (slip ? similar : some).replace("#", number(answers.length)) : none;
  }, 250);
};

const look = async () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    found.hidden = !q.value;
    status.textContent = form.dataset.wait;
  }, 500);
  const index = await load();
  if (!index) return;
  const typed = words(q.value), all = typed.length ? index.find(typed) : { found: [] }, counts = {};
  for (const one of all.found) counts[one.kind] = (counts[one.kind] ?? 0) + 1;
  for (const option of kind.options) {
    const count = option.value ? (counts[option.value] ?? 0) : all.found.length;
    option.text = (option.dataset.title ?? everywhere) + (typed.length ? ` (${number(count)})` : "");
  }
  answers = kind.value ? all.found.filter((one) => one.kind === kind.value) : all.found;
  list.replaceChildren();
  show();
  found.hidden = !typed.length;
  tell(all.slip);
  const query = new URLSearchParams([["q", q.value.trim()], ["kind", kind.value]].filter(([, value]) => value));
  history.replaceState(null, "", location.pathname + (`${query}` && `?${query}`));
};

// Arrows lead through the answers and back; Escape clears.
const walk = (event) => {
  const stops = [q, ...found.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
  const clears = event.key === "Escape" && q.value, to = clears ? q : stops[at + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
  if (at < 0 || !to) return;
  event.preventDefault();
  to.focus();
  if (!clears) return;
  q.value = "";
  form.dispatchEvent(new Event("input"));
};

form.hidden = false;
q.value = asked.get("q") ?? q.value;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  look();
});
form.addEventListener("input", look);
form.addEventListener("focusin", load, { once: true });
more.addEventListener("click", () => list.children[show()].querySelector("a").focus());
document.addEventListener("keydown", walk);
if (q.value || asked.get("kind")) look();
