import { get, patch, patiently, post, query, remove } from './http';
import type { Page } from './types';

/** What is known of a document beside its text. */
export interface DocumentFields {
  readonly evidenceLevel?: string | null;
  readonly population?: string | null;
  readonly jurisdiction?: string | null;
  readonly language?: string | null;
  readonly publishedOn?: string | null;
  readonly isRetracted?: boolean;
  readonly url?: string | null;
  readonly tags?: Readonly<Record<string, string>> | null;
}

export interface Document { readonly id: string; readonly title: string; readonly collection: string; readonly text: string; readonly fields?: DocumentFields | null }

export interface DocumentEntry {
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  readonly characters: number;
  readonly chunks: number;
  readonly fields: DocumentFields;
  readonly ingestedAt: string;
}

export interface Collection {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly domain: string;
  readonly embedding: string;
  readonly dimensions: number;
  readonly generation: number;
  /** What is being indexed anew beside the index that searches read, or null. */
  readonly building: string | null;
  readonly documents: number;
  readonly chunks: number;
  readonly builtIn: boolean;
  readonly createdAt: string | null;
}

export interface CollectionDraft { readonly id: string; readonly name?: string; readonly description?: string; readonly domain: string; readonly embedding?: string }
export type CollectionChange = Partial<Omit<CollectionDraft, 'id'>>;

export interface Upload {
  readonly id: string;
  readonly title?: string;
  readonly mediaType: string;
  readonly base64: string;
  readonly evidenceLevel?: string;
  readonly population?: string;
  readonly jurisdiction?: string;
  readonly language?: string;
  readonly publishedOn?: string;
}
export interface IngestAccepted { readonly runId: string; readonly documents: number }

export interface Filter {
  readonly evidenceAtLeast?: string;
  readonly populations?: readonly string[];
  readonly jurisdictions?: readonly string[];
  readonly languages?: readonly string[];
  readonly publishedFrom?: string;
  readonly publishedUntil?: string;
  readonly includeRetracted?: boolean;
}
export interface Search { readonly query: string; readonly collections: readonly string[]; readonly limit: number; readonly filter?: Filter }

/** A span of a stored document, verbatim, with where it begins and how its score came about. */
export interface Passage {
  readonly documentId: string;
  readonly title: string;
  readonly heading: string;
  readonly text: string;
  readonly start: number;
  readonly score: number;
  readonly fields: DocumentFields | null;
  readonly signals: Readonly<Record<string, number>> | null;
}

const collections = '/v1/knowledge/collections';
const collection = (id: string) => `${collections}/${encodeURIComponent(id)}`;
const document = (id: string) => `/v1/knowledge/documents/${encodeURIComponent(id)}`;

export const knowledgeApi = {
  collections: (signal?: AbortSignal) => get<Page<Collection>>(`${collections}${query({ limit: 100 })}`, { signal }),
  collection: (id: string, signal?: AbortSignal) => get<Collection>(collection(id), { signal }),
  create: (draft: CollectionDraft) => post<Collection>(collections, draft),
  /** Another embedding model is a run that indexes everything anew; then the answer names it. */
  change: (id: string, change: CollectionChange) => patch<{ readonly runId?: string | null }>(collection(id), change),
  removeCollection: (id: string) => remove(collection(id)),
  documents: (id: string, p: { cursor?: string | undefined; limit: number }, signal?: AbortSignal) => get<Page<DocumentEntry>>(`${collection(id)}/documents${query(p)}`, { signal }),
  upload: (id: string, documents: readonly Upload[], idempotencyKey: string) => patiently(() => post<IngestAccepted>(`${collection(id)}/documents`, { documents }, { idempotencyKey })),
  document: (id: string, signal?: AbortSignal) => get<Document>(document(id), { signal }),
  removeDocument: (id: string) => remove(document(id)),
  search: (s: Search, signal?: AbortSignal) => post<{ readonly items: readonly Passage[] }>('/v1/knowledge/search', { ...s, explain: true }, { signal }),
};
