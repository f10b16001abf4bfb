// Who is found in the directory by words and by what they have in common, and how many would be with one thing more.
import { FORGIVEN, UNSPACED, near, said } from "./words.js";

// Every word with the places of the people who have it.
export function indexed(facets, people) {
  const found = new Map();
  people.forEach((one, place) => {
    const labels = facets.flatMap(({ values }, facet) => (one.values[facet] ?? []).map((at) => values[at][1]));
    for (const word of new Set(said(one.title, one.subtitle, one.place, one.help, one.names, labels).trim().split(" "))) {
      if (!found.has(word)) found.set(word, []);
      found.get(word).push(place);
    }
  });
  return { facets, people, words: [...found] };
}

// The places of the people who have a word, or one that begins with it; if nobody has, of those who nearly do.
const having = (data, typed) => {
  const begins = UNSPACED.test(typed) ? (word) => word.includes(typed) : (word) => word.startsWith(typed);
  let all = data.words.filter(([word]) => begins(word));
  if (!all.length && typed.length >= FORGIVEN) {
    all = data.words.filter(([word]) => near(word, typed) || near(word.slice(0, typed.length), typed));
  }
  return new Set(all.flatMap(([, places]) => places));
};

// Those who have all words and, of each facet, one of the values that are chosen; and how many would be found with each
// value, the other facets being as they are.
export function narrowed(data, typed, chosen) {
  const texts = typed.map((word) => having(data, word));
  const counts = data.facets.map(({ values }) => new Array(values.length).fill(0));
  const found = [];
  data.people.forEach((one, place) => {
    if (!texts.every((places) => places.has(place))) return;
    let failing = -1, fails = 0;
    chosen.forEach((wanted, facet) => {
      if (wanted.size && !(one.values[facet] ?? []).some((at) => wanted.has(at))) [failing, fails] = [facet, fails + 1];
    });
    if (!fails) found.push(one);
    if (fails > 1) return;
    (one.values || []).forEach((having, facet) => {
      if (!fails || failing === facet) for (const at of having) counts[facet][at]++;
    });
  });
  return { found, counts };
}
