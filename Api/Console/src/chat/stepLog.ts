import { chosenOf, type EventData } from './state';

/** One quiet line above an answer: what an agent did on the way to it. */
export interface Step { readonly key: string; readonly label: string; readonly detail: string; readonly state: 'running' | 'done' | 'failed'; readonly at: string; readonly ms?: number; readonly agents?: readonly string[] }

const text = (v: unknown) => typeof v === 'string' && v !== '' ? v : undefined;
const count = (v: unknown) => typeof v === 'number' ? v : Array.isArray(v) ? v.length : undefined;
const between = (from: string, to: string | undefined) => {
  const ms = Date.parse(to ?? '') - Date.parse(from);
  return Number.isFinite(ms) && ms >= 0 ? { ms } : {};
};
const plural = (n: number, word: string) => `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;

/** The steps with one more event told; the same array when the event is not a step. */
export function stepsAfter(steps: readonly Step[], name: string, d: EventData): readonly Step[] {
  const at = d.at ?? '';
  switch (name) {
    case 'retrieval.completed': {
      const n = count(d.sources) ?? count(d.passages) ?? count(d.count) ?? count(d.results);
      const ms = count(d.durationMs) ?? count(d.ms);
      return [...steps, { key: `retrieval-${d.seq ?? steps.length}`, label: 'Searched the knowledge', detail: n === undefined ? '' : n === 0 ? 'found no passage' : `found ${plural(n, 'passage')}`, state: 'done', at, ...(ms === undefined ? {} : { ms }) }];
    }
    case 'agent.selected': {
      const step = { key: `selected-${d.seq ?? steps.length}`, detail: '', state: 'done', at } as const;
      if (typeof d.agent === 'string') return [...steps, { ...step, label: 'Chose the expert', agents: [d.agent] }];
      return [...steps, { ...step, label: 'Looked for an expert', detail: chosenOf(d)?.selection.decision === 'ask' ? 'and has to ask back' : 'and found none that covers this' }];
    }
    case 'tool.called': {
      const tool = text(d.name) ?? text(d.tool) ?? 'a tool';
      return [...steps, { key: text(d.callId) ?? `tool-${tool}-${d.seq ?? steps.length}`, label: tool, detail: '', state: 'running', at }];
    }
    case 'tool.completed':
    case 'tool.failed': {
      const tool = text(d.name) ?? text(d.tool), failed = name === 'tool.failed';
      const hit = steps.findLast((s) => s.state === 'running' && (text(d.callId) === undefined ? s.label === tool : s.key === d.callId));
      const detail = text(failed ? d.error?.message : d.summary) ?? (failed ? 'failed' : '');
      return steps.map((s) => s === hit ? { ...s, state: failed ? 'failed' : 'done', detail, ...between(s.at, d.at) } : s);
    }
    default: return steps;
  }
}
