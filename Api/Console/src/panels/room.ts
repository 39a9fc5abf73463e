import type { Contribution, Panel, PanelOutcome, PanelSeat, PanelStatus, Phase, Steering } from '../api/panels';
import type { Usage } from '../api/types';
import { nextDraft, type Draft, type EventData } from '../chat/state';

/** What a seat said in a round, as the journal has it. */
export interface Said { readonly messageId: string; readonly seat: string; readonly round: number; readonly phase: Phase; readonly at: string; readonly said: Contribution; readonly usage: Usage; readonly model: string | null }
export interface Missing { readonly seat: string; readonly round: number; readonly reason: string; readonly error?: string }

export interface Round {
  readonly number: number;
  readonly cycle: number;
  readonly phase: Phase;
  readonly openedAt: string;
  readonly closedAt?: string;
  /** Who is invited, and until when. */
  readonly deadlines: Readonly<Record<string, string>>;
  readonly said: Readonly<Record<string, Said>>;
  readonly absent: Readonly<Record<string, Missing>>;
}

/** What a seat is writing. Its text is only ever of one attempt. */
export interface Writing extends Draft { readonly seat: string; readonly round: number }

export interface Room {
  /** The last durable event that was taken in; whatever comes again up to here is ignored. */
  readonly seq: number;
  readonly runId: string | null;
  readonly status: PanelStatus;
  readonly reason?: string;
  readonly seats: readonly PanelSeat[];
  readonly rounds: readonly Round[];
  /** By the id of what will have been said. */
  readonly writing: Readonly<Record<string, Writing>>;
  readonly steering: readonly Steering[];
  readonly spent: Readonly<Record<string, Usage>>;
  readonly outcome?: PanelOutcome;
}

export const emptyRoom: Room = { seq: 0, runId: null, status: 'queued', seats: [], rounds: [], writing: {}, steering: [], spent: {} };

export interface PanelEventData extends EventData {
  readonly charter?: { readonly seats?: readonly PanelSeat[] };
  readonly round?: number;
  readonly cycle?: number;
  readonly phase?: Phase;
  readonly seat?: string;
  readonly deadlines?: Readonly<Record<string, string>>;
  readonly said?: Contribution;
  readonly model?: string | null;
  readonly author?: string;
  readonly outcome?: PanelOutcome;
}

export type RoomAction =
  | { type: 'loaded'; panel: Panel }
  | { type: 'event'; durable: boolean; name: string; data: PanelEventData };

export const hasEnded = (r: Pick<Room, 'status'>) => r.status !== 'queued' && r.status !== 'running';

export function reduceRoom(r: Room, a: RoomAction): Room {
  // Until the journal speaks, the seats of the view; after that the journal alone is believed.
  if (a.type === 'loaded') return r.seq > 0 ? r : { ...r, runId: a.panel.runId, seats: a.panel.seats, status: a.panel.status };
  const { durable, name, data } = a;
  if (!durable) return onLive(r, name, data);
  if (data.seq !== undefined) {
    if (data.seq <= r.seq) return r; // a replay after a reconnect
    r = { ...r, seq: data.seq };
  }
  switch (name) {
    case 'panel.convened': return { ...r, runId: data.runId ?? r.runId, seats: data.charter?.seats ?? r.seats };
    case 'run.started': return { ...r, runId: data.runId ?? r.runId, status: 'running' };
    case 'panel.round.opened': return opened(r, data);
    case 'panel.position': case 'panel.vote': case 'panel.remark': return spoke(r, data);
    case 'panel.absent': return absent(r, data);
    case 'panel.round.closed': return {
      ...r, rounds: r.rounds.map((x) => x.number === data.round ? { ...x, closedAt: data.at ?? '' } : x),
      writing: Object.fromEntries(Object.entries(r.writing).filter(([, w]) => w.round > (data.round ?? 0))),
    };
    case 'panel.steered': return data.text === undefined ? r : { ...r, steering: [...r.steering, { author: data.author ?? '', text: data.text, afterRound: r.rounds.at(-1)?.number ?? 0, at: data.at ?? '' }] };
    case 'panel.concluded': return data.outcome === undefined ? r : { ...r, outcome: data.outcome };
    case 'run.completed': return ended(r, 'completed');
    case 'run.failed': return ended(r, 'failed', data.error?.message);
    case 'run.cancelled': return ended(r, 'cancelled');
    case 'run.expired': return ended(r, 'expired');
    case 'run.budget_exhausted': return ended(r, 'budget_exhausted');
    default: return onLive(r, name, data); // a reset means the same, durable or not; names that are not known move nothing
  }
}

const ended = (r: Room, status: PanelStatus, reason?: string): Room => ({ ...r, status, writing: {}, ...(reason === undefined ? {} : { reason }) });

function opened(r: Room, d: PanelEventData): Room {
  if (d.round === undefined || d.phase === undefined || r.rounds.some((x) => x.number === d.round)) return r;
  const round: Round = { number: d.round, cycle: d.cycle ?? 1, phase: d.phase, openedAt: d.at ?? '', deadlines: d.deadlines ?? {}, said: {}, absent: {} };
  return { ...r, status: 'running', rounds: [...r.rounds, round].sort((a, b) => a.number - b.number) };
}

function spoke(r: Room, d: PanelEventData): Room {
  const { seat, round, messageId, said } = d;
  if (seat === undefined || round === undefined || messageId === undefined || said === undefined) return r;
  const words: Said = { messageId, seat, round, phase: d.phase ?? 'speak', at: d.at ?? '', said, usage: d.usage ?? none, model: d.model ?? null };
  return charged({ ...r, writing: without(r.writing, messageId), rounds: inRound(r, round, (x) => ({ ...x, said: { ...x.said, [seat]: words } })) }, seat, d.usage);
}

function absent(r: Room, d: PanelEventData): Room {
  const { seat, round } = d;
  if (seat === undefined || round === undefined) return r;
  const missing: Missing = { seat, round, reason: d.reason ?? 'failed', ...(d.error?.message === undefined ? {} : { error: d.error.message }) };
  const writing = Object.fromEntries(Object.entries(r.writing).filter(([, w]) => w.seat !== seat || w.round !== round));
  return charged({ ...r, writing, rounds: inRound(r, round, (x) => ({ ...x, absent: { ...x.absent, [seat]: missing } })) }, seat, d.usage);
}

const none: Usage = { inputTokens: 0, outputTokens: 0 };
const sum = (a: Usage, b: Usage): Usage => ({ inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens });
const charged = (r: Room, seat: string, usage: Usage | undefined): Room => usage === undefined ? r : { ...r, spent: { ...r.spent, [seat]: sum(r.spent[seat] ?? none, usage) } };
const inRound = (r: Room, round: number, change: (x: Round) => Round) => r.rounds.map((x) => x.number === round ? change(x) : x);
const without = <T>(map: Readonly<Record<string, T>>, key: string) => key in map ? Object.fromEntries(Object.entries(map).filter(([k]) => k !== key)) : map;

/** Live words count only while their seat is still awaited: what is durable, or over, they do not touch. */
function onLive(r: Room, name: string, d: PanelEventData): Room {
  const { messageId, seat, round } = d;
  if (messageId === undefined || seat === undefined || round === undefined || hasEnded(r)) return r;
  const at = r.rounds.find((x) => x.number === round);
  // A frame may be ahead of the event that opens its round, never of one that closed it.
  if (at ? at.closedAt !== undefined || at.said[seat] !== undefined || at.absent[seat] !== undefined : round < (r.rounds.at(-1)?.number ?? 0)) return r;
  const old = r.writing[messageId];
  const next = nextDraft<Writing>(old ?? { messageId, runId: d.runId ?? null, attempt: 0, text: '', gap: false, seat, round }, name, d);
  return next === undefined || next === old ? r : { ...r, writing: { ...r.writing, [messageId]: next } };
}

/** How a seat stands in a round: what its card shows. */
export type Standing =
  | { readonly kind: 'said'; readonly words: Said }
  | { readonly kind: 'absent'; readonly missing: Missing }
  | { readonly kind: 'writing'; readonly words: Writing }
  | { readonly kind: 'awaited'; readonly until: string }
  | { readonly kind: 'listening' };

export function standingOf(r: Room, seat: string, round: Round | undefined): Standing {
  if (round === undefined) return { kind: 'listening' };
  const words = round.said[seat], missing = round.absent[seat], until = round.deadlines[seat];
  if (words) return { kind: 'said', words };
  if (missing) return { kind: 'absent', missing };
  const writing = Object.values(r.writing).find((w) => w.seat === seat && w.round === round.number && w.text !== '');
  if (writing) return { kind: 'writing', words: writing };
  return until !== undefined && round.closedAt === undefined && !hasEnded(r) ? { kind: 'awaited', until } : { kind: 'listening' };
}

/** What a seat said last before a round: shown while it is not asked, so that a card is never blank without need. */
export const lastBefore = (r: Room, seat: string, round: number): Said | undefined =>
  r.rounds.filter((x) => x.number < round).map((x) => x.said[seat]).findLast((s) => s !== undefined);

/** The position that a seat took last before a round. */
export const stanceBefore = (r: Room, seat: string, round: number): string | undefined =>
  r.rounds.filter((x) => x.number < round).map((x) => x.said[seat]?.said.stance).findLast((s) => typeof s === 'string') ?? undefined;

/** A seat of an agent is written by a model; the others by people. */
export const isPerson = (s: PanelSeat) => s.kind === undefined ? s.agent === null : s.kind === 'person';
