import type { Graph, GraphEdge } from '../api/memory';

export interface Spot { readonly entity: string; readonly x: number; readonly y: number; readonly ring: number }
export interface Drawing { readonly spots: readonly Spot[]; readonly edges: readonly GraphEdge[]; readonly left: number }

const drawn = 36;

/**
 * Rings around one entity: it stands in the middle, those that it is linked to around it, theirs around those. Who is linked
 * to the same one stands together, which keeps lines from crossing. The same graph is always drawn the same way.
 */
export function layout(graph: Graph, start: string | undefined, width: number, height: number): Drawing {
  const root = graph.nodes.find((n) => n.entity === start) ?? [...graph.nodes].sort((a, b) => b.degree - a.degree || (a.entity < b.entity ? -1 : 1))[0];
  if (!root) return { spots: [], edges: [], left: 0 };
  const near = new Map<string, string[]>(graph.nodes.map((n) => [n.entity, []]));
  for (const e of graph.edges) { near.get(e.from)?.push(e.to); near.get(e.to)?.push(e.from); }
  const rings: string[][] = [[root.entity]], seen = new Set([root.entity]);
  for (let ring = rings[0]; ring !== undefined && ring.length > 0 && seen.size < drawn; ring = rings.at(-1)) {
    const next: string[] = [];
    for (const e of ring) for (const o of near.get(e) ?? []) if (!seen.has(o) && near.has(o) && seen.size < drawn) { seen.add(o); next.push(o); }
    if (next.length === 0) break;
    rings.push(next);
  }
  // What is linked to none of them goes outside.
  const apart = graph.nodes.map((n) => n.entity).filter((e) => !seen.has(e)).slice(0, Math.max(0, drawn - seen.size));
  if (apart.length > 0) rings.push(apart);
  const spots = rings.flatMap((ring, r) => ring.map((entity, i): Spot => {
    const angle = (i / ring.length) * 2 * Math.PI - Math.PI / 2 + (r % 2 === 0 && r > 0 ? Math.PI / ring.length : 0), share = rings.length === 1 ? 0 : r / (rings.length - 1);
    return { entity, ring: r, x: width / 2 + Math.cos(angle) * share * (width / 2 - 76), y: height / 2 + Math.sin(angle) * share * (height / 2 - 34) };
  }));
  const placed = new Set(spots.map((s) => s.entity));
  return { spots, edges: graph.edges.filter((e) => placed.has(e.from) && placed.has(e.to)), left: graph.nodes.length - spots.length };
}
