import { get, post } from './http';
import type { Page } from './types';

/** How likely an agent is the right one, from 0 to 1, and what that was computed from. */
export interface AgentScore { readonly agent: string; readonly score: number; readonly signals: Readonly<Record<string, number>> }

/** Which agents fit a question, and why. */
export interface AgentSelection {
  readonly decision: 'one' | 'several' | 'ask' | 'none';
  readonly agents: readonly string[];
  readonly scores: readonly AgentScore[];
  readonly margin: number;
  readonly method: string;
  readonly alternatives: readonly string[];
  readonly question: string | null;
  /** Counts the labels that the weights were learned from; 0 is as shipped. */
  readonly ranker: number;
}

export interface AgentHit {
  readonly agent: string;
  readonly name: string;
  readonly description: string;
  readonly score: number;
  readonly explain: Readonly<Record<string, number>>;
  readonly matched: readonly string[];
}

export interface Ranker { readonly version: number; readonly labels: number; readonly weights: Readonly<Record<string, number>>; readonly shipped: Readonly<Record<string, number>> }

export interface ReliabilityBin { readonly from: number; readonly until: number; readonly samples: number; readonly meanValue: number; readonly shareRight: number }
export interface Calibration {
  readonly agent: string;
  readonly samples: number;
  readonly samplesNeeded: number;
  readonly brier: number | null;
  readonly ece: number | null;
  /** The same two after the map, on labels that it was not fitted to; null while there is no map. */
  readonly calibrated: { readonly brier: number; readonly ece: number } | null;
  readonly bins: readonly ReliabilityBin[];
}

export const selectionApi = {
  search: (query: string, signal?: AbortSignal) => post<Page<AgentHit>>('/v1/agents/search', { query, limit: 20 }, { signal }),
  select: (query: string, signal?: AbortSignal) => post<AgentSelection>('/v1/agents/select', { query }, { signal }),
  ranker: (signal?: AbortSignal) => get<Ranker>('/v1/agents/selection/ranker', { signal }),
  calibration: (agent: string, signal?: AbortSignal) => get<Calibration>(`/v1/agents/${encodeURIComponent(agent)}/calibration`, { signal }),
};
