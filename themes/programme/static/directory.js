// The directory narrowed: by words, and by what people have in common. What is chosen stands in the address, so that it
// can be passed on. Everybody's data is fetched when somebody first narrows; until then the page is as it was made.
import { indexed, narrowed } from "./facets.js";
import { words } from "./words.js";

const form = document.getElementById("narrow"), { q, sort } = form.elements;
const status = document.querySelector(".directory .count"), list = document.querySelector(".directory .rows");
const more = document.getElementById("more-people"), none = document.getElementById("nobody");
const beside = document.querySelectorAll(".directory .pages, .remembered"); // what is not of those who are found
const made = { people: [...list.children], status: status.innerHTML };
const language = document.documentElement.lang;
const PAGE = 50; // people at once
const OFFERED = 60; // values of a facet that are offered at once, the most frequent: words find the others

const number = (count) => count.toLocaleString(language);

const make = (tag, properties, ...inside) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
};

// --- The data

let everybody;
const load = () => (everybody ??= fetched());

const json = async (url) => (await fetch(url)).json();

async function fetched() {
  const head = await json(form.dataset.people);
  const files = head.parts ? await Promise.all(head.parts.map(json)) : [head];
  const people = files.flatMap(({ fields, people }) =>
    people.map((values) => held(Object.fromEntries(fields.map((name, at) => [name, values[at] ?? ""])))));
  return indexed(head.facets, people);
}

// Somebody with the offers that still hold by the visitor's clock.
const held = (one) =>
  ({ ...one, help: [...one.help].filter((_, at) => !one.ends[at] || one.ends[at] * 1000 > Date.now()) });

// --- What is shown

const person = ({ title, url, subtitle, place, help, image, initials, lang }) => {
  const name = make("bdi", lang && { lang }, title);
  const role = make("p", { className: "role", hidden: !(subtitle || place) });
  role.append(...[subtitle, place].filter(Boolean).flatMap((each, at) => [...(at ? [make("br")] : []), make("bdi", {}, each)]));
  const more = help.length > 3 ? [make("li", { className: "soft" }, form.dataset.further.replace("#", number(help.length - 3)))] : [];
  const helps = make("ul", { className: "help" }, ...[...help].slice(0, 3).map((each) => make("li", {}, make("bdi", {}, each))), ...more);
  const face = image
    ? make("img", { className: "face", src: image, alt: "", width: 46, height: 46, loading: "lazy", decoding: "async" })
    : make("span", { className: "face", ariaHidden: "true" }, initials);
  return make("li", { className: "person" }, make("h2", { className: "name" }, make("a", { href: url }, name)), role,
    ...(help.length ? [helps] : []), ...(image || initials ? [face] : []));
};

let found = [];
const show = () => {
  const from = list.children.length;
  list.append(...found.slice(from, from + PAGE).map(person));
  more.hidden = list.children.length >= found.length;
  return from;
};


// The values of a facet that somebody could choose, the most frequent; those that are chosen are always there.
const offer = ({ name, values }, counts, wanted) => {
  const field = form.querySelector(`[data-facet="${name}"]`), old = document.activeElement?.value;
  const had = field.contains(document.activeElement);
  const places = [...values.keys()].filter((at) => counts[at] || wanted.has(at));
  const kept = new Set([...wanted, ...places.sort((a, b) => counts[b] - counts[a]).slice(0, OFFERED)]);
  field.replaceChildren(field.firstElementChild, ...[...values.keys()].filter((at) => kept.has(at)).map((at) => {
    const box = make("input", { type: "checkbox", name, value: values[at][0], checked: wanted.has(at) });
    return make("label", {}, box, " ", make("bdi", {}, values[at][1]), " ", make("span", { className: "soft" }, number(counts[at])));
  }));
  if (had) [...field.querySelectorAll("input")].find((box) => box.value === old)?.focus();
  const summary = field.closest("details").querySelector("summary .soft");
  summary.textContent = wanted.size ? `(${number(wanted.size)})` : "";
};

const asked = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => `${value}`.trim()));

let waiting, last;
const narrow = async (query) => {
  const data = await load().catch(() => undefined);
  if (!data) return void (status.textContent = form.dataset.failed);
  const chosen = data.facets.map(({ name, values }) => {
    const slugs = new Set(query.getAll(name));
    return new Set([...values.keys()].filter((at) => slugs.has(values[at][0])));
  });
  const typed = words(query.get("q") ?? ""), isNarrow = typed.length > 0 || query.get("sort") || chosen.some(({ size }) => size);
  const { found: people, counts } = narrowed(data, typed, chosen);
  found = query.get("sort") === "joined" ? people.toSorted((a, b) => `${b.joined}`.localeCompare(`${a.joined}`)) : people;
  data.facets.forEach((facet, at) => offer(facet, counts[at], chosen[at]));
  list.replaceChildren(...(isNarrow ? [] : made.people));
  for (const each of beside) each.hidden = isNarrow;
  more.hidden = true;
  none.hidden = !isNarrow || found.length > 0;
  if (isNarrow) show();
  clearTimeout(waiting); // told when typing pauses
  waiting = setTimeout(() => {
    if (isNarrow) status.textContent = form.dataset.found.replace("#", number(found.length)).replace("#", number(data.people.length));
    else status.innerHTML = made.status;
  }, last === undefined ? 0 : 250);
  last = `${query}`;
  history.replaceState(null, "", location.pathname + (last && `?${last}`));
};

// --- What visitors do

const further = form.querySelector(".further");
if (matchMedia("(width >= 48rem)").matches) further.open = true; // in the margin there is room


const begin = (query) => {
  q.value = query.get("q") ?? "";
  sort.value = query.get("sort") ?? "";
  for (const field of form.querySelectorAll("[data-facet]")) {
    if (query.has(field.dataset.facet)) further.open = field.closest("details").open = true;
  }
  return narrow(query);
};

form.addEventListener("input", () => narrow(asked()));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  narrow(asked());
});
form.addEventListener("reset", () => setTimeout(() => {
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = false;
  narrow(asked());
}));
form.addEventListener("toggle", (event) => event.target.open && event.target !== further && narrow(asked()), true);
more.addEventListener("click", () => list.children[show()].querySelector("a").focus());
if (location.search) begin(new URLSearchParams(location.search));
