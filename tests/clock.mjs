// What the theme's clock.js makes of a page. Reads {script, language, words, now, elements, later} in JSON from standard
// input: the script's text, the language and the words of the page, the visitor's clock in seconds since 1970, elements
// as {classes, data, hidden, target, inside}, and a later moment at which the script looks again. The visitor's zone is
// that of the process. Prints for each moment what each element has become: {text, hidden, title, inside}.
import { readFileSync } from "node:fs";

const { script, language, words, now, elements, later } = JSON.parse(readFileSync(0, "utf-8"));

const made = ({ classes = [], data = {}, hidden = false, target = false, inside }) => ({
  classes,
  dataset: data,
  hidden,
  textContent: "",
  title: "",
  inside: inside && made(inside),
  matches: (selector) => selector === ":target" && target,
  querySelector() { return this.inside ?? null; },
});
const page = elements.map(made);
let again;

globalThis.document = {
  documentElement: { lang: language },
  querySelector: () => ({ dataset: { yours: words } }),
  querySelectorAll: (selector) => page.filter(({ classes, dataset }) =>
    (selector.startsWith(".") ? classes.includes(selector.slice(1)) : "from" in dataset || "until" in dataset)),
  addEventListener() {},
};
globalThis.setInterval = (what) => { again = what; };
Date.now = () => now * 1e3;
await import(`data:text/javascript;base64,${Buffer.from(script).toString("base64")}`);

const seen = ({ textContent, hidden, title, inside }) =>
  ({ text: textContent, hidden, title, inside: inside ? seen(inside) : null });
const found = [page.map(seen)];
if (later) {
  Date.now = () => later * 1e3;
  again();
  found.push(page.map(seen));
}
process.stdout.write(JSON.stringify(found));
