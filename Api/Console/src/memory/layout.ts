import type { Graph, GraphEdge } from '../api/memory';

export interface Spot { readonly entity: string; readonly x: number; readonly y: number; readonly ring: number }
export interface Drawing { readonly spots: readonly Spot[]; readonly edges: readonly GraphEdge[]; readonly left: number }

const drawn = 36;

/**
 * Rings around one entity: it stands in the middle, those that it is linked to around it, theirs around those, each within the
 * slice of the one it was reached by, which keeps lines from crossing. The same graph is always drawn the same way.
 */
export function layout(graph: Graph, start: string | undefined, width: number, height: number): Drawing {
  const root = graph.nodes.find((n) => n.entity === start) ?? [...graph.nodes].sort((a, b) => b.degree - a.degree || (a.entity < b.entity ? -1 : 1))[0];
  if (!root) return { spots: [], edges: [], left: 0 };
  const near = new Map<string, string[]>(graph.nodes.map((n) => [n.entity, []]));
  for (const e of graph.edges) { near.get(e.from)?.push(e.to); near.get(e.to)?.push(e.from); }
  const ringOf = new Map([[root.entity, 0]]), under = new Map<string, string[]>();
  for (const [entity, ring] of ringOf) {
    for (const next of near.get(entity) ?? []) {
      if (ringOf.has(next) || !near.has(next) || ringOf.size >= drawn) continue;
      ringOf.set(next, ring + 1); // a map that is walked tells what is added on the way, too
      under.set(entity, [...under.get(entity) ?? [], next]);
    }
  }
  // What is linked to none of them goes outside.
  const outside = Math.max(...ringOf.values()) + 1;
  for (const { entity } of graph.nodes) {
    if (ringOf.has(entity) || ringOf.size >= drawn) continue;
    ringOf.set(entity, outside);
    under.set(root.entity, [...under.get(root.entity) ?? [], entity]);
  }
  const rings = Math.max(1, ...ringOf.values());
  const leaves = (entity: string): number => under.get(entity)?.reduce((n, c) => n + leaves(c), 0) ?? 1;
  const spots: Spot[] = [];
  const put = (entity: string, from: number, until: number): void => {
    // Inner rings hold the most: they get more than their share of the room.
    const ring = ringOf.get(entity) ?? 0, share = (ring / rings) ** 0.62, angle = (from + until) / 2 - Math.PI / 2;
    spots.push({ entity, ring, x: width / 2 + Math.cos(angle) * share * (width / 2 - 76), y: height / 2 + Math.sin(angle) * share * (height / 2 - 34) });
    const slice = (until - from) / leaves(entity);
    let at = from;
    for (const c of under.get(entity) ?? []) { const to = at + slice * leaves(c); put(c, at, to); at = to; }
  };
  put(root.entity, 0, 2 * Math.PI);
  return { spots, edges: graph.edges.filter((e) => ringOf.has(e.from) && ringOf.has(e.to)), left: graph.nodes.length - spots.length };
}
