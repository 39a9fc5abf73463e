import type { Message } from '../api/types';
import type { Draft, Run, State } from './state';

/** A question with everything that answers it, in the order in which a reader wants it. */
export interface Turn { readonly key: string; readonly question: Message | undefined; readonly run: Run | undefined; readonly answers: readonly Message[]; readonly draft: Draft | undefined }

/**
 * The journal's order is not the reader's: a question that was queued while another was being answered comes before that
 * answer in the journal. Here each answer stands under its own question.
 */
export function turnsOf(s: State): Turn[] {
  const messages = Object.values(s.messages).sort((a, b) => a.seq - b.seq);
  const runs = Object.values(s.runs), drafts = Object.values(s.drafts);
  const asked = messages.filter((m) => m.role === 'user');
  const home = new Map<string, string>();
  for (const q of asked) { home.set(q.id, q.id); if (q.runId !== null) home.set(q.runId, q.id); }
  for (const r of runs) if (r.questionId !== undefined && s.messages[r.questionId]) home.set(r.id, r.questionId);
  const homeOf = (m: Message) => (m.parentId !== null ? home.get(m.parentId) : undefined) ?? (m.runId !== null ? home.get(m.runId) : undefined);
  const draftHome = (d: Draft) => d.runId === null ? undefined : home.get(d.runId);

  const turns = messages.flatMap((m): Turn[] => {
    if (m.role === 'assistant') return homeOf(m) === undefined ? [{ key: m.id, question: undefined, run: m.runId === null ? undefined : s.runs[m.runId], answers: [m], draft: undefined }] : [];
    return [{
      key: m.id, question: m,
      run: runs.findLast((r) => home.get(r.id) === m.id),
      answers: messages.filter((x) => x.role === 'assistant' && homeOf(x) === m.id),
      draft: drafts.findLast((d) => draftHome(d) === m.id),
    }];
  });
  for (const d of drafts) if (draftHome(d) === undefined) turns.push({ key: d.messageId, question: undefined, run: d.runId === null ? undefined : s.runs[d.runId], answers: [], draft: d });
  return turns;
}
