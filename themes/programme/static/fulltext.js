// The full text: pages that have what is typed anywhere in their text, with the place, below the answers of the search.
const form = document.getElementById("find"), { q, kind } = form.elements;
const part = document.getElementById("texts"), list = part.querySelector("ol"), more = part.querySelector("button");
const status = part.querySelector("[role=status]"), language = document.documentElement.lang;
const PAGE = 10; // answers at once
const MOST = 100; // pages that are looked at for those of a kind: each is a file

let loading;
const load = () => (loading ??= start());

// Nothing is said where there is no engine, as in a preview: the search goes on without.
async function start() {
  const engine = await import(part.dataset.engine).catch(() => undefined);
  await engine?.options({ baseUrl: part.dataset.base, excerptLength: 30 });
  return engine;
}

// An excerpt as text, with what was looked for marked: it is HTML, of which no more is taken.
const excerpt = (html) => html.split(/<(\/?)mark>/).reduce(([made, marks], text, at) => {
  if (at % 2) return [made, text !== "/"];
  const plain = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  return [[...made, marks ? make("mark", {}, plain) : plain], marks];
}, [[], false])[0];

const make = (tag, properties, ...inside) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
};

const shown = (page) => {
  const title = make("a", { href: page.url }, make("bdi", {}, page.meta.title));
  return make("li", {}, make("h3", { className: "title" }, title), make("p", { dir: "auto" }, ...excerpt(page.excerpt)));
};

let answers = [], turn = 0;

const show = async () => {
  const now = turn, from = list.children.length;
  const pages = await Promise.all(answers.slice(from, from + PAGE).map((each) => each.data()));
  if (now !== turn) return; // something else is looked for by now
  list.append(...pages.map(shown));
  more.hidden = list.children.length >= answers.length;
  if (from) list.children[from].querySelector("a").focus();
};

const ofKind = async (results, name) => {
  const pages = await Promise.all(results.slice(0, MOST).map((each) => each.data()));
  return pages.filter((page) => page.meta.kind === name).map((page) => ({ data: () => page }));
};

const look = async () => {
  const now = ++turn, text = q.value.trim();
  const engine = text && (await load());
  const done = engine ? await engine.debouncedSearch(text, {}, 300) : { results: [] };
  const found = done && (kind.value ? await ofKind(done.results, kind.value) : done.results);
  if (now !== turn || !found) return;
  answers = found;
  list.replaceChildren();
  await show();
  status.textContent = form.dataset.found.replace("#", answers.length.toLocaleString(language));
  part.hidden = !answers.length;
};

form.addEventListener("input", look);
form.addEventListener("submit", look);
more.addEventListener("click", show);
if (q.value) look();
