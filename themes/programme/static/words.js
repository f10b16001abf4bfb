// Words as people type them: case and accents do not matter, and one slip of the finger is forgiven.

// Letters that are no letter with an accent, as people type them.
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
// Scripts without spaces between words: there a word may begin anywhere.
export const UNSPACED = /[\p{sc=Han}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff]/u;
// Accents, points of Hebrew, vowels of Arabic; the signs of other scripts are part of a word.
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;

export const fold = (text) =>
  text.toLowerCase().normalize("NFD").replace(ACCENTS, "").replace(/[ßæœøłđðþı]/g, (each) => PLAIN[each]);

export const words = (text) => fold(text).match(/[\p{L}\p{N}\p{M}+#]+/gu) ?? [];

// Texts as one text of words with blanks around each, in which `has` looks.
export const said = (...texts) => {
  const text = texts.flat().join(" "), joined = text.replace(/['’]/g, ""); // O’Brien: brien and obrien
  return ` ${words(joined === text ? text : `${text} ${joined}`).join(" ")} `;
};

// A word begins one of the words of a text.
export const has = (text, word) => text.includes(UNSPACED.test(word) ? word : ` ${word}`);

// Two words differ in one letter that is missing, too many, another one, or in the wrong place of two.
export const near = (one, other) => {
  if (one.length > other.length) [one, other] = [other, one];
  if (other.length - one.length > 1) return false;
  let start = 0, end = 0;
  while (start < one.length && one[start] === other[start]) start++;
  while (end < one.length - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const left = one.length - start - end, right = other.length - start - end;
  return right < 2 || (left === 2 && right === 2 && one[start] === other[start + 1] && one[start + 1] === other[start]);
};

// A slip is forgiven in words of so many letters and more: shorter ones are too like each other.
export const FORGIVEN = 4;
