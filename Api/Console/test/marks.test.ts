import { describe, expect, it } from 'vitest';
import type { Citation } from '../src/api/types';
import { marksOf, place } from '../src/chat/marks';

const cite = (n: number, quote: string): Citation => ({ n, documentId: `d${n}`, title: `D${n}`, quote, start: 0, end: quote.length, support: 'supported' });
const quotesFor = (text: string, citations: Citation[]) => place(text, marksOf(text), citations).map((c) => c?.quote);

describe('marks', () => {
  it.each([
    ['a [1] b [2, 3].', [1, 2, 3]], ['a [1-3] [4–5]', [1, 2, 3, 4, 5]], ['code `x[1]` and ```\n[2]\n``` [3]', [3]],
    ['[1](https://x) [2]: y [2021] [1234]', []], ['[1-90]', [1]],
  ])('of %j are %j', (text, numbers) => { expect(marksOf(text).map((m) => m.n)).toEqual(numbers); });
});

describe('a citation', () => {
  it('belongs to the mark at its place, so that a number may have a quote for each', () => {
    expect(quotesFor('One [1]. Two [2]. Three [1].', [cite(1, 'first'), cite(2, 'second'), cite(1, 'third')])).toEqual(['first', 'second', 'third']);
  });
  it('that was removed leaves its mark without one, and not with its neighbour’s', () => {
    const text = 'Potassium is measured before treatment [1]. The moon is made of cheese [1]. A supplier needs a variation [2].';
    expect(quotesFor(text, [cite(1, 'Serum potassium is measured before treatment.'), cite(2, 'The supplier files a variation.')])).toEqual(['Serum potassium is measured before treatment.', undefined, 'The supplier files a variation.']);
    expect(quotesFor(text, [cite(1, 'Some cheese comes from the moon.'), cite(2, 'x')])).toEqual([undefined, 'Some cheese comes from the moon.', 'x']);
  });
  it('keeps the order even where words say otherwise', () => {
    expect(quotesFor('alpha [1] beta [2] gamma [1]', [cite(2, 'beta'), cite(1, 'alpha alpha')])).toEqual([undefined, 'beta', 'alpha alpha']);
  });
});
