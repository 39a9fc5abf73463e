/** The shapes of the wire contract that the console reads. */
export interface Page<T> { readonly items: readonly T[]; readonly nextCursor: string | null }

/** Who chooses the expert: the person, or the system. */
export type Mode = 'manual' | 'auto';
/** Whom a message or a session names; a message that names nobody goes where its session says. */
export interface Addressee { readonly mode?: Mode; readonly agent?: string }

export interface Session {
  readonly id: string;
  readonly title: string | null;
  readonly agent: string | null;
  readonly mode?: Mode;
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
  readonly exclusions?: readonly string[];
  readonly skills?: readonly string[];
  readonly collections?: readonly string[];
  readonly tools?: readonly string[];
  readonly languages?: readonly string[];
  readonly jurisdictions?: readonly string[];
  readonly version?: number;
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

/** What came of checking an answer's citations; those removed are not among its citations any more. */
export interface CitationCounts { readonly supported: number; readonly partial: number; readonly unsupported: number; readonly removed: number }

export interface Message {
  readonly id: string;
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
  readonly agent: string | null;
  readonly content: string;
  readonly citations: readonly Citation[];
  readonly confidence: Confidence | null;
  readonly citationCounts?: CitationCounts | null;
  readonly runId: string | null;
  readonly seq: number;
  readonly at: string;
  readonly finish: string | null;
}

export interface Usage { readonly inputTokens: number; readonly outputTokens: number; readonly totalTokens?: number; readonly microUsd?: number }

export interface Accepted { readonly runId: string; readonly messageId: string; readonly eventsUrl: string }

/** An event of a journal, as a page of them shows it: the type tells which other members there are. */
export interface RunEvent { readonly type: string; readonly [more: string]: unknown }

export type OnBusy = 'reject' | 'enqueue' | 'interrupt';

export interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
  readonly status?: number;
  readonly code?: string;
  readonly traceId?: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}
