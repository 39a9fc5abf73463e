import type { Citation } from '../api/types';

/** A citation mark in a text, one for each number: [1, 3] and [1-3] are several at one place. */
export interface Mark { readonly n: number; readonly at: number }

/** `[1]`, `[1, 2]` or `[1-3]`; not a link, not a definition, not a year. The service reads marks by the same rules. */
export const markPattern = /\[ *\d{1,3}(?: *[-,;–] *\d{1,3})* *\](?![(:])/g;
const rangeMost = 20;

/** The numbers of one mark in order, a range written out. */
export function numbersOf(mark: string): number[] {
  const numbers: number[] = [];
  for (const [, joint, digits] of mark.matchAll(/([-,;–[]) *(\d{1,3})/g)) {
    const n = Number(digits), from = joint === '-' || joint === '–' ? (numbers.at(-1) ?? n) + 1 : n;
    for (let k = from; k <= n && n - from < rangeMost; k++) numbers.push(k);
  }
  return numbers;
}

/** Every mark outside code, in order. */
export function marksOf(text: string): Mark[] {
  // Code keeps its length, so that places stay places.
  const plain = text.replace(/(`+)(?:(?!\1)[\s\S])*?[^`]\1(?!`)/g, (code) => ' '.repeat(code.length));
  return [...plain.matchAll(markPattern)].flatMap((m) => numbersOf(m[0]).map((n) => ({ n, at: m.index })));
}

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
/** The sentence that a mark stands in, roughly: it only decides between quotes of one and the same source. */
function claimAt(text: string, at: number): Set<string> {
  const from = Math.max(...['. ', '! ', '? ', '\n'].map((end) => text.lastIndexOf(end, at - 2)), -1) + 1;
  return wordsOf(text.slice(from, at));
}

/**
 * Which citation belongs to which mark. The service lists one for each mark, in order, so the second [1] has a quote of its own;
 * but those that the source does not support are left out of the list while their marks stand. Then the order is kept, as many
 * find their place as can, and words that quote and sentence share decide the rest. A mark that stays without is not confirmed.
 */
export function place(text: string, marks: readonly Mark[], citations: readonly Citation[]): (Citation | undefined)[] {
  if (marks.length === citations.length && marks.every((m, i) => citations[i]?.n === m.n)) return [...citations];
  const quotes = citations.map((c) => wordsOf(c.quote));
  const claims = marks.map((m) => claimAt(text, m.at));
  const shared = (i: number, j: number) => [...(claims[i] ?? [])].filter((w) => quotes[j]?.has(w)).length;
  // best[i][j]: of the marks from i and the citations from j. A match weighs more than all the words there can be.
  const best = Array.from({ length: marks.length + 1 }, () => new Float64Array(citations.length + 1));
  const at = (i: number, j: number) => best[i]?.[j] ?? 0;
  const gain = (i: number, j: number) => marks[i]?.n === citations[j]?.n ? 10_000 + shared(i, j) + at(i + 1, j + 1) : -1;
  for (let i = marks.length - 1; i >= 0; i--) {
    for (let j = citations.length - 1; j >= 0; j--) { const row = best[i]; if (row) row[j] = Math.max(gain(i, j), at(i + 1, j), at(i, j + 1)); }
  }
  const placed = new Array<Citation | undefined>(marks.length).fill(undefined);
  for (let i = 0, j = 0; i < marks.length && j < citations.length;) {
    if (gain(i, j) === at(i, j)) placed[i++] = citations[j++];
    else if (at(i + 1, j) === at(i, j)) i++;
    else j++;
  }
  return placed;
}
