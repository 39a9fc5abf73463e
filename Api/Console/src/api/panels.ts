import { get, patch, patiently, post, query, remove, request } from './http';
import type { Citation, Confidence, Page, Usage } from './types';

export type ProtocolId = 'parallel' | 'roundtable' | 'vote' | 'consensus' | 'delphi' | 'adversarial' | 'socratic' | 'review';
export type Phase = 'draft' | 'speak' | 'critique' | 'revise' | 'estimate' | 'ballot' | 'propose' | 'challenge' | 'rebut' | 'judge' | 'question' | 'answer' | 'review' | 'synthesize';
export type PanelStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'expired' | 'budget_exhausted';
export type Decision = 'decided' | 'undecided' | 'no_quorum';

/** What a seat says in one round. Which members matter follows from the round's phase. */
export interface Contribution {
  readonly text: string;
  readonly stance?: string | null;
  readonly confidence?: number | null;
  readonly isCalibrated?: boolean;
  readonly estimate?: number | null;
  readonly choice?: string | null;
  readonly ranking?: readonly string[];
  readonly points?: readonly string[];
  readonly scores?: Readonly<Record<string, number>>;
  readonly citations?: readonly Citation[];
  readonly isContent?: boolean | null;
}

export interface PanelSeat { readonly id: string; readonly agent: string | null; readonly name: string; readonly role: string; readonly weight: number; readonly kind?: string; readonly usage?: Usage }
export interface Absence { readonly seat: string; readonly round: number; readonly reason: string }
export interface PanelMoment { readonly round: number; readonly cycle: number; readonly phase: Phase; readonly openedAt: string; readonly closedAt: string; readonly invited: number; readonly answered: number }
export interface PanelPosition { readonly seat: string; readonly agent: string | null; readonly name: string; readonly role: string; readonly answer: string; readonly stance: string | null; readonly confidence: number | null; readonly evidence: readonly Citation[]; readonly round: number; readonly estimate?: number | null }
export interface Minority { readonly seats: readonly string[]; readonly stance: string | null; readonly answer: string; readonly share: number; readonly confidence: number | null; readonly objections: readonly string[]; readonly evidence: readonly Citation[] }

export interface OptionTally { readonly label: string; readonly text: string; readonly authors: readonly string[]; readonly votes: number; readonly weight: number; readonly points: number; readonly ballots: number; readonly voters: readonly string[] }
export interface SeatWeight { readonly seat: string; readonly weight: number; readonly parts: Readonly<Record<string, number>> }
export interface EstimateSpread { readonly cycle: number; readonly estimates: number; readonly median: number | null; readonly lowerQuartile: number | null; readonly upperQuartile: number | null; readonly agreement: number }
export interface Cluster { readonly seats: readonly string[]; readonly representative: string; readonly share: number; readonly stance: string | null }
export interface CriterionScore { readonly criterion: string; readonly mean: number; readonly lowest: number; readonly highest: number; readonly reviews: number }
export interface PanelRule {
  readonly name: string;
  readonly stopped: string;
  readonly options: readonly OptionTally[];
  readonly weights: readonly SeatWeight[];
  readonly spread: readonly EstimateSpread[];
  readonly agreement: { readonly share: number; readonly clusters: readonly Cluster[]; readonly method: string } | null;
  readonly criteria: readonly CriterionScore[];
  readonly tieBreak: string | null;
  readonly threshold: number | null;
  readonly cycles: number;
  readonly verdict: string | null;
  readonly assumptions: readonly string[];
}

export interface PanelOutcome {
  readonly decision: Decision;
  readonly answer: string | null;
  readonly rule: PanelRule;
  readonly positions: readonly PanelPosition[];
  readonly minorityReport: readonly Minority[];
  readonly recommendation: { readonly text: string; readonly grounds: readonly string[] };
  readonly citations: readonly Citation[];
  readonly confidence: Confidence | null;
  readonly cost: { readonly total: Usage; readonly seats: readonly { readonly seat: string; readonly agent: string | null; readonly usage: Usage; readonly answers: number }[] };
  readonly timeline: readonly PanelMoment[];
  readonly absent: readonly Absence[];
}

/** What a person in a seat is asked, with all that the seat may know. */
export interface SeatBrief {
  readonly messageId: string;
  readonly seat: string;
  readonly role: string;
  readonly round: number;
  readonly cycle: number;
  readonly phase: Phase;
  readonly question: string;
  readonly instructions: string;
  readonly entries: readonly { readonly speaker: string; readonly phase: Phase; readonly round: number; readonly said: Contribution }[];
  readonly options: readonly { readonly label: string; readonly text: string }[];
  readonly criteria: readonly string[];
  readonly digest: string | null;
  readonly steering: readonly string[];
  readonly deadline: string;
}

export interface Steering { readonly author: string; readonly text: string; readonly afterRound: number; readonly at: string }
export interface Precedent { readonly panelId: string; readonly question: string; readonly answer: string; readonly decision: Decision; readonly agreement: number | null; readonly at: string }

export interface Panel {
  readonly id: string;
  readonly runId: string;
  readonly question: string;
  readonly protocol: ProtocolId;
  readonly rule: string | null;
  readonly status: PanelStatus;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly seats: readonly PanelSeat[];
  readonly quorum: number;
  readonly cycles: number;
  readonly steering: readonly Steering[];
  readonly asks: readonly SeatBrief[];
  readonly precedents: readonly Precedent[];
  readonly standing: string | null;
  readonly session: string | null;
  readonly outcome: PanelOutcome | null;
  readonly convenedAt: string;
  readonly deadline: string;
  readonly endedAt: string | null;
}

export interface PanelSummary { readonly id: string; readonly runId: string; readonly question: string; readonly protocol: ProtocolId; readonly status: PanelStatus; readonly decision: Decision | null; readonly seats: number; readonly standing: string | null; readonly convenedAt: string; readonly endedAt: string | null }

export interface Convene {
  readonly question: string;
  readonly protocol: ProtocolId;
  readonly agents?: readonly string[];
  readonly people?: readonly string[];
  readonly chair?: string;
  readonly rule?: string;
  readonly rounds?: number;
  readonly quorum?: number;
  readonly threshold?: number;
  readonly options?: readonly string[];
  readonly criteria?: readonly string[];
  readonly subject?: string;
  readonly seatTokens?: number;
  readonly seatSeconds?: number;
  readonly personSeconds?: number;
  readonly standing?: string;
}
export interface PersonAnswer {
  readonly seat: string;
  readonly round: number;
  readonly answer: string;
  readonly stance?: string;
  readonly confidence?: number;
  readonly estimate?: number;
  readonly choice?: string;
  readonly ranking?: readonly string[];
  readonly points?: readonly string[];
  readonly scores?: Readonly<Record<string, number>>;
  readonly decline?: boolean;
}

/** What a seat noted for itself, round by round. */
export interface SeatNotes { readonly seat: string; readonly notes: readonly { readonly round: number; readonly phase: Phase; readonly text: string; readonly sources: readonly string[] }[] }

export interface Standing { readonly id: string; readonly name: string; readonly agents: readonly string[]; readonly protocol: ProtocolId; readonly rule: string | null; readonly cycles: number | null; readonly quorum: number | null; readonly criteria: readonly string[]; readonly precedents: number; readonly createdAt: string; readonly changedAt: string }
export interface StandingDraft { readonly id?: string; readonly name?: string; readonly agents?: readonly string[]; readonly protocol?: ProtocolId; readonly rule?: string; readonly rounds?: number; readonly quorum?: number; readonly criteria?: readonly string[] }
/** How often a member was right on a topic, and what its voice counts there. */
export interface TrackRecord { readonly agent: string; readonly topic: string; readonly right: number; readonly wrong: number; readonly weight: number }

const panels = '/v1/panels', standings = '/v1/standing-panels';
const panel = (id: string) => `${panels}/${encodeURIComponent(id)}`;
const standing = (id: string) => `${standings}/${encodeURIComponent(id)}`;

export const panelsApi = {
  panels: (p: { cursor?: string | undefined; limit: number }, signal?: AbortSignal) => get<Page<PanelSummary>>(`${panels}${query(p)}`, { signal }),
  panel: (id: string, signal?: AbortSignal) => get<Panel>(panel(id), { signal }),
  convene: (body: Convene, idempotencyKey: string) => patiently(() => post<{ readonly runId: string; readonly panelId: string }>(panels, body, { idempotencyKey })),
  cancel: async (id: string) => { await request(`${panel(id)}/cancel`, { method: 'POST', body: {}, idempotencyKey: crypto.randomUUID() }); },
  steer: (id: string, text: string, idempotencyKey: string) => patiently(async () => { await request(`${panel(id)}/steer`, { method: 'POST', body: { text }, idempotencyKey }); }),
  answer: (id: string, body: PersonAnswer, idempotencyKey: string) => patiently(async () => { await request(`${panel(id)}/answers`, { method: 'POST', body, idempotencyKey }); }),
  remove: (id: string) => remove(panel(id)),
  notes: (id: string, seat: string, signal?: AbortSignal) => get<SeatNotes>(`${panel(id)}/seats/${encodeURIComponent(seat)}`, { signal }),
  standings: (signal?: AbortSignal) => get<Page<Standing>>(standings, { signal }),
  standing: (id: string, signal?: AbortSignal) => get<Standing>(standing(id), { signal }),
  found: (body: StandingDraft) => post<Standing>(standings, body),
  change: (id: string, body: StandingDraft) => patch<Standing>(standing(id), body),
  dissolve: (id: string) => remove(standing(id)),
  precedents: (id: string, q: string, signal?: AbortSignal) => get<Page<Precedent>>(`${standing(id)}/precedents${query({ query: q, limit: 20 })}`, { signal }),
  record: (id: string, signal?: AbortSignal) => get<Page<TrackRecord>>(`${standing(id)}/record`, { signal }),
};
export const panelEventsUrl = (id: string) => `${panel(id)}/events`;
