// The search: what is typed is looked for in the records of the site, here in the browser. Each word must begin a word of
// the record, in any order; case and accents do not matter.

const form = document.getElementById("find"), { q, kind } = form.elements;
const found = document.getElementById("found"), [status, list] = found.children, more = found.querySelector("button");
const language = document.documentElement.lang, everywhere = kind.options[0].text;
const PAGE = 30; // answers at once

// Letters that are no letter with an accent, as people type them.
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
// Scripts without spaces between words: there a word may begin anywhere.
const UNSPACED = /[\p{sc=Han}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff]/u;
// Accents, points of Hebrew, vowels of Arabic; the signs of other scripts are part of a word.
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;

const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(ACCENTS, "").replace(/[ßæœøłđðþı]/g, (each) => PLAIN[each]);
const words = (text) => fold(text).match(/[\p{L}\p{N}\p{M}+#]+/gu) ?? [];
const said = (...texts) => {
  const text = texts.flat().join(" "), joined = text.replace(/['’]/g, ""); // O’Brien: brien and obrien
  return ` ${words(joined === text ? text : `${text} ${joined}`).join(" ")} `;
};
const has = (text, word) => text.includes(UNSPACED.test(word) ? word : ` ${word}`);
const number = (count) => count.toLocaleString(language);

const fetched = async (url) => {
  const data = await (await fetch(url)).json();
  return data.parts ? (await Promise.all(data.parts.map(fetched))).flat() : [data];
};

// The records with their words: those that say most first.
const read = ({ fields, records, kinds }) => records.map((values) => {
  const one = Object.fromEntries(fields.map((name, index) => [name, values[index] ?? ""]));
  one.of = kinds[one.kind] ?? "";
  one.at = [said(one.title), said(one.subtitle, one.names, one.topics), said(one.place, one.groups, one.summary, one.of)];
  return one;
});

// How well a record answers; 0 where a word is missing.
const rank = (one, typed) => {
  let sum = one.at[0].startsWith(` ${typed.join(" ")}`) ? 8 : 0;
  for (const word of typed) {
    const place = one.at.findIndex((text) => has(text, word));
    if (place < 0) return 0;
    sum += [6, 3, 1][place] + one.at[place].includes(` ${word} `);
  }
  return sum;
};

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

// The best answers first; of equals people and whatever has no date, then the latest.
const order = (a, b) => b.sum - a.sum || !!a.date - !!b.date || b.date.localeCompare(a.date);

const look = () => {
  const typed = words(q.value), all = typed.length ? records.filter((one) => (one.sum = rank(one, typed))) : [];
  for (const option of kind.options) {
    const count = option.value ? all.filter((one) => one.kind === option.value).length : all.length;
    option.text = (option.dataset.title ?? everywhere) + (typed.length ? ` (${number(count)})` : "");
  }
  answers = all.filter((one) => !kind.value || one.kind === kind.value).sort(order);
  list.replaceChildren();
  show();
  found.hidden = !typed.length;
  clearTimeout(waiting); // told when typing pauses
  waiting = setTimeout(() => {
    status.textContent = answers.length ? form.dataset.found.replace("#", number(answers.length)) : form.dataset.none;
  }, 250);
  const query = new URLSearchParams([["q", q.value.trim()], ["kind", kind.value]].filter(([, value]) => value));
  history.replaceState(null, "", location.pathname + (`${query}` && `?${query}`));
};

// Arrows lead through the answers and back.
const walk = (event) => {
  const stops = [q, ...list.querySelectorAll("a")], at = stops.indexOf(document.activeElement);
  const to = stops[at + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
  if (at < 0 || !to) return;
  event.preventDefault();
  to.focus();
};

form.hidden = false;
const asked = new URLSearchParams(location.search);
q.value = asked.get("q") ?? q.value;
const parts = await fetched(form.dataset.records).catch(() => []);
const records = parts.flatMap(read);
for (const name of new Set(records.filter((one) => one.of).map((one) => one.kind))) {
  const option = new Option(parts[0].kinds[name], name, false, name === asked.get("kind"));
  option.dataset.title = option.text;
  kind.add(option);
}
if (parts.length) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
  form.addEventListener("input", look);
  more.addEventListener("click", () => list.children[show()].querySelector("a").focus());
  document.addEventListener("keydown", walk);
  if (q.value) look();
} else {
  found.hidden = false;
  status.textContent = form.dataset.failed;
}
