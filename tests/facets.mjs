// Runs facets.js on people that are given, and tells the titles of those who are found and the counts.
import { readFileSync } from "node:fs";

const { script, facets, people, asked } = JSON.parse(readFileSync(0, "utf8"));
const { indexed, narrowed, words } = new Function(`${script}\nreturn { indexed, narrowed, words };`)();
const data = indexed(facets, people);
const told = asked.map(([text, ...chosen]) => {
  const { found, counts } = narrowed(data, words(text), facets.map((_, at) => new Set(chosen[at] ?? [])));
  return [found.map(({ title }) => title), counts];
});
console.log(JSON.stringify(told));
