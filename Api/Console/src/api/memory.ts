import { get, patch, post, query, remove, request } from './http';
import type { Page } from './types';

export interface FactSource { readonly kind: string; readonly method: string; readonly session?: string | null; readonly messageId?: string | null; readonly quote?: string | null }

/** Something that is remembered. It is never changed: a correction is another fact, which supersedes it. */
export interface Fact {
  readonly id: string;
  readonly scope: string;
  readonly subject: string;
  readonly predicate: string;
  readonly object: string;
  readonly text: string;
  readonly status: 'proposed' | 'confirmed' | 'superseded';
  readonly confidence: number;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly recordedAt: string;
  readonly source: FactSource;
  readonly supersedes: string | null;
  readonly supersededBy: string | null;
}
export interface FactWords { readonly subject: string; readonly predicate: string; readonly object: string; readonly text: string }
export interface FactHit { readonly fact: Fact; readonly score: number }

export interface GraphNode { readonly entity: string; readonly distance: number; readonly degree: number }
export interface GraphEdge { readonly from: string; readonly predicate: string; readonly to: string; readonly factId: string; readonly confidence: number }
export interface Graph { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[]; readonly isCut: boolean }

/** Undefined is what is remembered of the one who asks. */
export type Scope = string | undefined;
const fact = (id: string, scope: Scope) => `/v1/memory/facts/${encodeURIComponent(id)}${query({ scope })}`;

export const memoryApi = {
  facts: (p: { scope: Scope; history: boolean; cursor?: string | undefined; limit: number }, signal?: AbortSignal) => get<Page<Fact>>(`/v1/memory/facts${query({ ...p, history: p.history ? 'true' : undefined })}`, { signal }),
  add: (scope: Scope, words: FactWords) => post<Fact>('/v1/memory/facts', { ...words, ...(scope === undefined ? {} : { scope }) }),
  correct: (scope: Scope, id: string, words: FactWords) => patch<Fact>(fact(id, scope), words),
  confirm: (scope: Scope, id: string) => patch<Fact>(fact(id, scope), { status: 'confirmed' }),
  erase: (scope: Scope, id: string) => remove(fact(id, scope)),
  eraseAll: (scope: Scope) => remove(`/v1/memory${query({ scope })}`),
  /** Without a scope what everybody shares is searched as well: a fact says whose it is. */
  search: (scope: Scope, text: string, signal?: AbortSignal) => post<Page<FactHit>>('/v1/memory/search', { query: text, ...(scope === undefined ? {} : { scopes: [scope] }) }, { signal }),
  graph: (scope: Scope, entity: string | undefined, depth: number, signal?: AbortSignal) => get<Graph>(`/v1/memory/graph${query({ scope, entity, depth })}`, { signal }),
  exported: async (scope: Scope) => (await request(`/v1/memory/export${query({ scope })}`)).blob(),
};
