import type { AgentSelection } from '../api/selection';
import type { Addressee, Citation, CitationCounts, Confidence, Message, OnBusy, Usage } from '../api/types';
import { stepsAfter, type Step } from './stepLog';

/** Who was chosen, and why; with a reply the service answered by itself. */
export interface Chosen { readonly selection: AgentSelection; readonly agent: string | null; readonly reply: string | null }

export type RunStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'expired' | 'budget_exhausted';

export interface Run {
  readonly id: string;
  readonly status: RunStatus;
  readonly questionId?: string;
  readonly agent?: string;
  readonly chosen?: Chosen;
  readonly steps: readonly Step[];
  readonly usage?: Usage;
  /** Why a run ended without success: the server's words, or undefined. */
  readonly reason?: string;
}

/** An answer while it is being written. Its text is only ever of one attempt. */
export interface Draft { readonly messageId: string; readonly runId: string | null; readonly attempt: number; readonly text: string; readonly gap: boolean }

/** What this page has asked the server to take, until the server's own record of it arrives. */
export interface Outgoing { readonly key: string; readonly content: string; readonly onBusy: OnBusy; readonly to?: Addressee | undefined; readonly failure?: string; readonly acceptedAs?: string }

export interface State {
  /** The last durable event that was taken in; whatever comes again up to here is ignored. */
  readonly seq: number;
  readonly messages: Readonly<Record<string, Message>>;
  readonly runs: Readonly<Record<string, Run>>;
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly outbox: readonly Outgoing[];
}

/** The place of a message that the server has taken but the stream has not told of yet: after all others. */
const unplaced = Number.MAX_SAFE_INTEGER;

export const empty: State = { seq: 0, messages: {}, runs: {}, drafts: {}, outbox: [] };

/** The data of any event: every field may be missing, since names and fields are added over time. */
export interface EventData {
  readonly seq?: number; readonly at?: string; readonly runId?: string | null;
  readonly messageId?: string; readonly parentId?: string | null; readonly answerId?: string; readonly agent?: string | null;
  readonly content?: string; readonly citations?: readonly Citation[]; readonly confidence?: Confidence | null; readonly citationCounts?: CitationCounts | null; readonly finish?: string | null;
  readonly attempt?: number; readonly offset?: number; readonly text?: string;
  readonly usage?: Usage; readonly reason?: string | null; readonly error?: { readonly code?: string; readonly message?: string };
  readonly [more: string]: unknown;
}

export type Action =
  | { type: 'loaded'; items: readonly Message[] }
  | { type: 'resuming'; after: number }
  | { type: 'event'; durable: boolean; name: string; data: EventData }
  | { type: 'sending'; outgoing: Outgoing }
  | { type: 'accepted'; key: string; messageId: string; runId: string; at: string }
  | { type: 'refused'; key: string; failure: string }
  | { type: 'discarded'; key: string };

const without = <T>(map: Readonly<Record<string, T>>, key: string) => Object.fromEntries(Object.entries(map).filter(([k]) => k !== key));
const put = (s: State, m: Message): State => ({ ...s, messages: { ...s.messages, [m.id]: m } });

export function reduce(s: State, a: Action): State {
  switch (a.type) {
    case 'loaded': return a.items.reduce((t, m) => finish(put(t, m), m.id), s);
    case 'resuming': return { ...s, seq: Math.max(s.seq, a.after) };
    case 'event': return onEvent(s, a);
    case 'sending': return { ...s, outbox: [...s.outbox.filter((o) => o.key !== a.outgoing.key), a.outgoing] };
    case 'accepted': return onAccepted(s, a);
    case 'refused': // what the stream has already confirmed was not refused, only its answer was lost
      return { ...s, outbox: s.outbox.flatMap((o) => o.key !== a.key ? [o] : o.acceptedAs !== undefined ? [] : [{ ...o, failure: a.failure }]) };
    case 'discarded': return { ...s, outbox: s.outbox.filter((o) => o.key !== a.key) };
  }
}

/** The whole text is known: the draft has served. */
const finish = (s: State, messageId: string): State => s.drafts[messageId] ? { ...s, drafts: without(s.drafts, messageId) } : s;

function onAccepted(s: State, a: Extract<Action, { type: 'accepted' }>): State {
  const sent = s.outbox.find((o) => o.key === a.key);
  if (!sent) return s;
  const next = withRun({ ...s, outbox: s.outbox.filter((o) => o.key !== a.key) }, a.runId, { questionId: a.messageId });
  // The stream may have told of it first. If not, the message stands last until the stream brings its place.
  if (next.messages[a.messageId]) return next;
  return put(next, { id: a.messageId, parentId: null, role: 'user', agent: null, content: sent.content, citations: [], confidence: null, runId: a.runId, seq: unplaced, at: a.at, finish: null });
}

function withRun(s: State, id: string, patch: Partial<Run>): State {
  const old: Run = s.runs[id] ?? { id, status: 'queued', steps: [] };
  return { ...s, runs: { ...s.runs, [id]: { ...old, ...patch } } };
}

const ended = (r: Run | undefined) => r !== undefined && r.status !== 'queued' && r.status !== 'running';

function onEvent(s: State, { durable, name, data }: Extract<Action, { type: 'event' }>): State {
  if (!durable) return onLive(s, name, data);
  const seq = data.seq;
  if (seq !== undefined) {
    if (seq <= s.seq) return s; // a replay after a reconnect
    s = { ...s, seq };
  }
  const { runId, messageId } = data;
  switch (name) {
    case 'message.accepted': {
      if (messageId === undefined) return s;
      const waiting = s.outbox.find((o) => o.failure === undefined && o.acceptedAs === undefined && o.content === data.content);
      if (waiting && !s.messages[messageId]) s = { ...s, outbox: s.outbox.map((o) => o === waiting ? { ...o, acceptedAs: messageId } : o) };
      if (typeof runId === 'string') s = withRun(s, runId, { questionId: messageId });
      return put(s, { ...message(data, messageId, 'user'), seq: seq ?? s.seq });
    }
    case 'message.completed': {
      if (messageId === undefined) return s;
      return finish(put(s, { ...message(data, messageId, 'assistant'), seq: seq ?? s.seq }), messageId);
    }
    case 'message.reset': return onLive(s, name, data); // durable or not, it means the same
  }
  if (typeof runId !== 'string') return s;
  switch (name) {
    case 'run.accepted': return withRun(s, runId, { ...(messageId === undefined ? {} : { questionId: messageId }), ...(typeof data.agent === 'string' ? { agent: data.agent } : {}) });
    case 'run.started': {
      s = withRun(s, runId, { status: 'running', ...(messageId === undefined ? {} : { questionId: messageId }), ...(typeof data.agent === 'string' ? { agent: data.agent } : {}) });
      return data.answerId === undefined || s.messages[data.answerId] || s.drafts[data.answerId] ? s
        : { ...s, drafts: { ...s.drafts, [data.answerId]: { messageId: data.answerId, runId, attempt: 0, text: '', gap: false } } };
    }
    case 'run.completed': return withRun(s, runId, { status: 'completed', ...(data.usage ? { usage: data.usage } : {}) });
    case 'run.failed': return withRun(s, runId, { status: 'failed', ...reasonOf(data.error?.message) });
    case 'run.cancelled': return withRun(s, runId, { status: 'cancelled', ...reasonOf(data.reason) });
    case 'run.expired': return withRun(s, runId, { status: 'expired' });
    case 'run.budget_exhausted': return withRun(s, runId, { status: 'budget_exhausted', ...reasonOf(data.error?.message ?? data.reason) });
  }
  const chosen = name === 'agent.selected' ? chosenOf(data) : undefined;
  if (chosen) s = withRun(s, runId, { chosen, ...(chosen.agent === null ? {} : { agent: chosen.agent }) });
  const old = s.runs[runId]?.steps ?? [];
  const steps = stepsAfter(old, name, data);
  return steps === old ? s : withRun(s, runId, { steps });
}

/** What an `agent.selected` tells, live or read back later. */
export const chosenOf = (d: Readonly<Record<string, unknown>>): Chosen | undefined => typeof d.selection !== 'object' || d.selection === null ? undefined
  : { selection: d.selection as AgentSelection, agent: typeof d.agent === 'string' ? d.agent : null, reply: typeof d.reply === 'string' ? d.reply : null };

const reasonOf = (reason: string | null | undefined) => typeof reason === 'string' && reason !== '' ? { reason } : {};

const message = (d: EventData, id: string, role: Message['role']): Omit<Message, 'seq'> => ({
  id, role, parentId: d.parentId ?? null, agent: d.agent ?? null, content: d.content ?? '', citations: d.citations ?? [],
  confidence: d.confidence ?? null, citationCounts: d.citationCounts ?? null, runId: d.runId ?? null, at: d.at ?? '', finish: d.finish ?? null,
});

function onLive(s: State, name: string, d: EventData): State {
  const { messageId: id } = d;
  if (id === undefined || s.messages[id] || (typeof d.runId === 'string' && ended(s.runs[d.runId]))) return s;
  const draft = s.drafts[id] ?? { messageId: id, runId: d.runId ?? null, attempt: 0, text: '', gap: false };
  const next = nextDraft(draft, name, d);
  if (next === undefined || next === s.drafts[id]) return s;
  s = { ...s, drafts: { ...s.drafts, [id]: next } };
  // A viewer who came in the middle has not seen the run start.
  return typeof d.runId === 'string' && s.runs[d.runId]?.status !== 'running' ? withRun(s, d.runId, { status: 'running' }) : s;
}

/** The text after one ephemeral event; undefined for events that do not concern it. */
export function nextDraft<D extends Draft>(draft: D, name: string, d: EventData): D | undefined {
  // A draft of attempt 0 has only been announced; whichever attempt speaks first is its own.
  const attempt = d.attempt ?? draft.attempt, text = d.text ?? '';
  if (attempt < draft.attempt) return draft;
  switch (name) {
    case 'message.snapshot': return { ...draft, attempt, text, gap: false };
    case 'message.reset': return { ...draft, attempt, text: '', gap: false };
    case 'message.delta': {
      const offset = d.offset ?? draft.text.length;
      if (attempt > draft.attempt) return offset === 0 ? { ...draft, attempt, text, gap: false } : { ...draft, attempt, text: '', gap: true };
      if (offset > draft.text.length) return draft.gap ? draft : { ...draft, gap: true };
      // Text that a snapshot already brought is not said twice; what it adds beyond the known is.
      const fresh = text.slice(draft.text.length - offset);
      return fresh === '' ? draft : { ...draft, text: draft.text + fresh, gap: false };
    }
  }
  return undefined;
}

/** Where the stream must begin so that nothing that is still open, and nothing of the last turn, is missed. */
export function resumePoint(s: State): number {
  const tail = Object.values(s.messages).filter((m) => m.seq > 0 && m.seq !== unplaced).sort((a, b) => a.seq - b.seq).slice(-24);
  const answered = new Set(tail.flatMap((m) => m.role === 'assistant' ? [m.parentId, m.runId] : []));
  const open = tail.find((m) => m.role === 'user' && !answered.has(m.id) && !(m.runId !== null && answered.has(m.runId)));
  return Math.min(...[open, tail.findLast((m) => m.role === 'user'), tail.at(-1)].flatMap((m) => m ? [m.seq] : []), Math.max(s.seq, tail.at(-1)?.seq ?? 0));
}

export const isLive = (r: Run | undefined) => r !== undefined && !ended(r);
export const liveRuns = (s: State) => Object.values(s.runs).filter(isLive);
