/* The shortest chain of events and groups between two people. The form says where the graph is, and all the words. */

const form = document.querySelector("form[data-graph]");
const way = document.querySelector("#way");
const words = form.dataset;
const inputs = ["from", "to"].map((name) => form.elements[name]);
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

let loading;
const load = () => (loading ??= fetch(words.graph).then((answer) => answer.json()).then(prepared));

/* Everybody with what they are found by, and with the places of their ties: events first, the smallest first. */
function prepared({ people, ties, events }) {
  const count = {};
  for (const [title] of people) count[fold(title)] = (count[fold(title)] ?? 0) + 1;
  const known = people.map(([title, url]) => {
    const slug = url.split("/").at(-2);
    const label = count[fold(title)] > 1 ? `${title} (${slug})` : title;
    return { title, url, slug, label, folded: fold(label), ties: [] };
  });
  ties.forEach((tie, place) => tie[2].forEach((person) => known[person].ties.push(place)));
  return { people: known, ties, events };
}

/* Whoever is meant by an address, a name, or the one name that has these letters in it. */
function meant(people, text) {
  const folded = fold(text);
  const found = people.filter((each) => each.folded.includes(folded));
  return people.find((each) => each.slug === text) ?? people.find((each) => each.folded === folded)
    ?? (folded && found.length === 1 ? found[0] : undefined);
}

/* Breadth first: the people from one to the other, each with the tie that leads there; nothing where there is none. */
function chain({ people, ties }, start, end) {
  const reached = new Map([[start, undefined]]);
  const used = new Set();
  for (const person of reached.keys()) {
    if (person === end) break;
    for (const tie of person.ties) {
      if (used.has(tie)) continue;
      used.add(tie);
      for (const other of ties[tie][2].map((place) => people[place])) {
        if (!reached.has(other)) reached.set(other, { person, tie });
      }
    }
  }
  if (!reached.has(end)) return [];
  const steps = [{ person: end }];
  for (let step; (step = reached.get(steps[0].person)); ) steps.unshift(step);
  return steps;
}

function make(tag, values, ...content) {
  const made = Object.assign(document.createElement(tag), values);
  made.append(...content);
  return made;
}

const link = (title, href, className) => make("a", { href, className }, make("bdi", {}, title));
const say = (text, ...parts) => text.split(/\{(\d)\}/).map((part, at) => (at % 2 ? parts[part] : part));
const tell = (text, ...parts) => way.replaceChildren(make("p", {}, ...say(text, ...parts)));

function step(graph, { person, tie }) {
  const item = make("li", {}, link(person.title, person.url, "name"));
  if (tie !== undefined) {
    const [title, url] = graph.ties[tie];
    const text = tie < graph.events ? words.event : words.group;
    item.append(" ", make("span", { className: "soft" }, ...say(text, link(title, url, ""))));
  }
  return item;
}

/* Fills in the names of those who are meant; where both are given, shows the way from one to the other. */
async function show(values) {
  way.replaceChildren();
  inputs.forEach((each, at) => { each.value = values[at]; });
  if (!values.some(Boolean)) return;
  try {
    const graph = await load();
    const found = values.map((text) => meant(graph.people, text));
    found.forEach((each, at) => { if (each) inputs[at].value = each.label; });
    if (!values.every(Boolean)) return;
    const unknown = found.indexOf(undefined);
    const [one, other] = found;
    if (unknown >= 0) return tell(words.unknown, values[unknown]);
    if (one === other) return tell(words.same);
    const steps = chain(graph, one, other);
    tell(steps.length ? words.found : words.none, ...found.map((each) => make("bdi", {}, each.title)));
    if (steps.length) way.append(make("ol", { className: "chain" }, ...steps.map((each) => step(graph, each))));
    return new URLSearchParams({ from: one.slug, to: other.slug });
  } catch {
    loading = undefined;
    tell(words.failed);
  }
}

const asked = () => {
  const query = new URLSearchParams(location.search);
  show(inputs.map((each) => query.get(each.name) ?? ""));
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const address = await show(inputs.map((each) => each.value));
  if (address) history.pushState(null, "", `?${address}`);
});
form.addEventListener("input", async ({ target }) => {
  const { people } = await load();
  const found = people.filter((each) => each.folded.includes(fold(target.value))).slice(0, 50);
  target.list.replaceChildren(...found.map((each) => make("option", { value: each.label })));
});
addEventListener("popstate", asked);
form.hidden = false;
asked();
