// The records of the search by their words. Each word is folded once and stands in order with the records that have it, so
// that the time of a look-up goes with what is found, not with how much there is.
import { FORGIVEN, UNSPACED, near, said } from "./words.js";

// What a word is worth in a title, in what somebody does and knows, and in all else; a whole word is worth one more.
const WORTH = [6, 3, 1], OPENS = 8;

export const lookup = () => {
  const records = [], heads = [], places = new Map(), parted = new Map();
  let sorted = [], order = [];

  // The words of a text. What stands between two blanks is folded once, as most of it comes again and again.
  const parts = (text) => text.split(" ").flatMap((each) => {
    let found = parted.get(each);
    if (!found) parted.set(each, (found = said(each).split(" ").filter(Boolean)));
    return found;
  });

  // The number of a record and which of the three it is, in one number.
  const enter = (word, code) => {
    const codes = places.get(word);
    if (!codes) places.set(word, [code]);
    else if (codes.at(-1) !== code) codes.push(code);
  };

  return {
    kinds: new Map(), // of which there is something, as their lists are called

    add({ fields, records: more, kinds }) {
      for (const values of more) {
        const one = Object.fromEntries(fields.map((name, at) => [name, values[at] ?? ""])), code = records.length * 3;
        one.of = kinds[one.kind] ?? "";
        if (one.of) this.kinds.set(one.kind, one.of);
        records.push(one);
        const head = parts(one.title);
        heads.push(` ${head.join(" ")}`);
        for (const word of head) enter(word, code);
        for (const text of [one.subtitle, ...one.names, ...one.topics]) for (const word of parts(text)) enter(word, code + 1);
        for (const text of [one.place, ...one.groups, one.summary, one.of]) for (const word of parts(text)) enter(word, code + 2);
      }
    },

    // After the last record. Of equals people and whatever has no date come first, then the latest.
    close() {
      parted.clear();
      sorted = [...places.keys()].sort();
      const later = (a, b) => !!a - !!b || (a < b) - (a > b);
      order = [...records.keys()].sort((a, b) => later(records[a].date, records[b].date));
    },

    // The records that have all words, or begin one of theirs with each, the best first; and whether a slip was forgiven:
    // that is done for a word alone that no record has.
    find(typed) {
      let sums = new Uint16Array(records.length).fill(1), slip = false;
      for (const word of typed) {
        let meant = begun(word);
        if (!meant.length && word.length >= FORGIVEN) {
          meant = sorted.filter((each) => near(each, word) || near(each.slice(0, word.length), word));
          slip ||= meant.length > 0;
        }
        const worth = new Uint8Array(records.length);
        for (const each of meant) {
          for (const code of places.get(each)) {
            const at = Math.trunc(code / 3), value = WORTH[code % 3] + (each === word);
            if (value > worth[at]) worth[at] = value;
          }
        }
        sums = sums.map((sum, at) => (sum && worth[at] ? sum + worth[at] : 0));
      }
      const opening = ` ${typed.join(" ")}`, ranks = [];
      for (const at of order) {
        if (sums[at]) (ranks[sums[at] + (heads[at].startsWith(opening) ? OPENS : 0)] ??= []).push(records[at]);
      }
      return { found: ranks.reverse().flat(), slip };
    },
  };

  // The words that begin with a text; of scripts without spaces those that have it anywhere.
  function begun(text) {
    if (UNSPACED.test(text)) return sorted.filter((each) => each.includes(text));
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < text) low = middle + 1;
      else high = middle;
    }
    for (high = low; sorted[high]?.startsWith(text); ) high++;
    return sorted.slice(low, high);
  }
};
