import { describe, expect, it } from 'vitest';
import type { Graph } from '../src/api/memory';
import { reworded } from '../src/memory/FactDialog';
import { layout } from '../src/memory/layout';

const edge = (from: string, to: string) => ({ from, predicate: 'knows', to, factId: `${from}-${to}`, confidence: 1 });
const graph = (edges: ReturnType<typeof edge>[], more: string[] = []): Graph => {
  const names = [...new Set([...edges.flatMap((e) => [e.from, e.to]), ...more])];
  return { nodes: names.map((entity) => ({ entity, distance: 0, degree: edges.filter((e) => e.from === entity || e.to === entity).length })), edges, isCut: false };
};

describe('the picture of a graph', () => {
  const g = graph([edge('a', 'b'), edge('a', 'c'), edge('c', 'd')], ['lonely']);
  it('puts who was asked for in the middle, and the others by their steps', () => {
    const { spots } = layout(g, 'd', 560, 400);
    expect(Object.fromEntries(spots.map((s) => [s.entity, s.ring]))).toEqual({ d: 0, c: 1, a: 2, b: 3, lonely: 4 });
    expect([spots[0]?.x, spots[0]?.y]).toEqual([280, 200]);
  });
  it('begins with the best connected, stays inside, and is the same each time', () => {
    const { spots, left } = layout(g, undefined, 560, 400);
    expect([spots[0]?.entity, left]).toEqual(['a', 0]);
    expect(spots.every((s) => s.x >= 60 && s.x <= 500 && s.y >= 20 && s.y <= 380)).toBe(true);
    expect(layout(g, undefined, 560, 400).spots).toEqual(spots);
  });
  it('says how many it leaves out', () => {
    const big = graph(Array.from({ length: 60 }, (_, i) => edge('a', `n${i}`)));
    const { spots, edges, left } = layout(big, 'a', 560, 400);
    expect([spots.length, edges.length, left]).toEqual([36, 35, 25]);
    expect(layout({ nodes: [], edges: [], isCut: false }, undefined, 560, 400).spots).toEqual([]);
  });
});

describe('the sentence of a fact', () => {
  const w = { subject: 'the user', predicate: 'takes', object: 'aspirin', text: 'In the evening the user takes aspirin.' };
  it('follows a part that it names, and stays as it is where it does not', () => {
    expect(reworded(w, 'object', '$& ibuprofen').text).toBe('In the evening the user takes $& ibuprofen.');
    expect(reworded({ ...w, text: 'An old habit.' }, 'object', 'tea')).toEqual({ ...w, object: 'tea', text: 'An old habit.' });
  });
});
