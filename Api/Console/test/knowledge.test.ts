import { describe, expect, it } from 'vitest';
import { idsOf, mediaTypeOf, partsOf } from '../src/knowledge/files';
import { advance, begun, isOver, type Ingest } from '../src/knowledge/ingest';
import { filtersIn, highlights, searchOf } from '../src/knowledge/search';

const play = (events: [string, object][], from = begun(3)): Ingest => events.reduce((i, [name, data], n) => advance(i, name, { seq: n + 1, ...data }), from);

describe('an ingest', () => {
  const told: [string, object][] = [
    ['run.accepted', {}], ['run.started', {}], ['ingest.progress', { done: 1, total: 3, skipped: 0, failed: 0, chunks: 4 }],
    ['document.failed', { document: 'b.pdf', code: 'document_unreadable', message: 'No pages.' }], ['ingest.progress', { done: 3, total: 3, skipped: 1, failed: 1, chunks: 4 }], ['run.completed', {}],
  ];
  it('tells how far it is, and names what failed', () => {
    const half = play(told.slice(0, 3));
    expect([half.status, half.done, half.chunks, isOver(half)]).toEqual(['running', 1, 4, false]);
    const end = play(told);
    expect([end.status, end.done, end.skipped, end.failed, end.failures]).toEqual(['completed', 3, 1, 1, [{ document: 'b.pdf', code: 'document_unreadable', message: 'No pages.' }]]);
  });
  it('is the same after a replay, and ignores what it does not know', () => {
    const end = play(told);
    expect(play(told, end)).toBe(end);
    expect(advance(end, 'weather.changed', {})).toBe(end);
  });
  it('that is cancelled or fails keeps what it had', () => {
    expect(play([...told.slice(0, 3), ['run.cancelled', { reason: 'requested' }]]).chunks).toBe(4);
    expect(play([...told.slice(0, 3), ['run.failed', { error: { code: 'x', message: 'The index is full.' } }]]).reason).toBe('The index is full.');
  });
});

describe('files', () => {
  it('get ids that may stand in a path, each its own', () => {
    expect(idsOf(['Leitlinie Ödem (2).pdf', 'a.md', 'a.md', '..', '日本.txt'])).toEqual(['Leitlinie-O-dem-2-.pdf', 'a.md', 'a.md-2', 'document', 'txt']);
  });
  it('are known by their ending, whatever the browser says', () => {
    expect([mediaTypeOf('A.MD'), mediaTypeOf('x.PDF'), mediaTypeOf('picture.png'), mediaTypeOf('none')]).toEqual(['text/markdown', 'application/pdf', undefined, undefined]);
  });
  it('go in parts that fit one request', () => {
    const parts = partsOf([3, 3, 5, 9, 1].map((size) => ({ size })), 6, 50);
    expect(parts.map((p) => p.map((f) => f.size))).toEqual([[3, 3], [5], [9], [1]]);
    expect(partsOf(Array.from({ length: 5 }, () => ({ size: 1 })), 6, 2).map((p) => p.length)).toEqual([2, 2, 1]);
  });
});

describe('a search', () => {
  it('stands whole in the address', () => {
    const p = new URLSearchParams('q=serum potassium&in=a&in=b&evidence=2&jurisdiction=EU, us&from=2020-01-01&retracted=yes&limit=5');
    expect(searchOf(p, ['a', 'b', 'c'])).toEqual({ query: 'serum potassium', collections: ['a', 'b'], limit: 5, filter: { evidenceAtLeast: '2', jurisdictions: ['eu', 'us'], publishedFrom: '2020-01-01', includeRetracted: true } });
    expect(filtersIn(p)).toBe(4);
    expect(searchOf(new URLSearchParams('q=x'), ['c'])).toEqual({ query: 'x', collections: ['c'], limit: 10 });
    expect([searchOf(new URLSearchParams(), ['c']), searchOf(new URLSearchParams('q=x'), [])]).toEqual([undefined, undefined]);
  });
  it('shows where its words stand, in whatever form', () => {
    expect(highlights('Treated before treatment. Untreatable (sic).', 'Treatment (of)')).toEqual(['Treated before ', 'treatment', '. Untreatable (sic).']);
    expect(highlights('a.b', '.*')).toEqual(['a.b']);
  });
});
