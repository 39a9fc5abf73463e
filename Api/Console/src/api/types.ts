/** The shapes of the wire contract that the console reads. Hand-written until the API publishes its document. */
export interface Page<T> { readonly items: readonly T[]; readonly nextCursor: string | null }

export interface Session {
  readonly id: string;
  readonly title: string | null;
  readonly agent: string | null;
  readonly preview?: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Only in the view of one session: where it branched off. The messages up to that one are another journal's. */
  readonly forkedFrom?: { readonly session: string; readonly messageId: string; readonly seq: number } | null;
}

export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly domains: readonly string[];
  readonly exampleQuestions?: readonly string[];
}

export type Support = 'supported' | 'partial' | 'unsupported';

export interface Citation {
  readonly n: number;
  readonly documentId?: string | null;
  readonly url?: string | null;
  readonly title: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly support: Support;
}

export interface Confidence {
  readonly value: number;
  readonly band: string;
  readonly calibrated: boolean;
  readonly signals: Readonly<Record<string, number>>;
}

export interface Message {
  readonly id: string;
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
  readonly agent: string | null;
  readonly content: string;
  readonly citations: readonly Citation[];
  readonly confidence: Confidence | null;
  readonly runId: string | null;
  readonly seq: number;
  readonly at: string;
  readonly finish: string | null;
}

export interface Usage { readonly inputTokens: number; readonly outputTokens: number; readonly totalTokens?: number; readonly microUsd?: number }

export interface Document { readonly id: string; readonly title: string; readonly collection: string; readonly text: string }

export interface Accepted { readonly runId: string; readonly messageId: string; readonly eventsUrl: string }

export type OnBusy = 'reject' | 'enqueue' | 'interrupt';

export interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly status?: number;
  readonly code?: string;
  readonly traceId?: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}
