// Sessions as journals in memory: durable events have a seq, what is being written has not.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer, citations, confidence, counts, longAnswer, longCitations } from './content.mjs';
import { select } from './experts.mjs';

export const sessions = new Map();
export const runs = new Map();
const keys = new Map();
export const terminal = /^run\.(completed|failed|cancelled|expired|budget_exhausted)$/;

export function create({ agent = null, mode = 'manual', title = null, at = new Date(), forkedFrom = null } = {}) {
  const s = { id: randomUUID(), agent, mode, title, forkedFrom, createdAt: at.toISOString(), updatedAt: at.toISOString(), journal: [], queue: [], live: null, viewers: new Set() };
  sessions.set(s.id, s);
  append(s, null, 'session.created', {}, at);
  return s;
}
export function append(s, runId, name, data, at = new Date()) {
  const event = { type: name, seq: s.journal.length + 1, at: at.toISOString(), runId, ...data };
  s.journal.push(event);
  s.updatedAt = event.at;
  for (const v of s.viewers) v(name, event, true);
  return event;
}
const tell = (s, name, data) => { for (const v of s.viewers) v(name, { type: name, seq: s.journal.length, at: new Date().toISOString(), ...data }, false); };

const inherited = ({ forkedFrom: f }) => { const all = f && sessions.has(f.session) ? messages(sessions.get(f.session)) : []; return all.slice(0, all.findIndex((m) => m.id === f?.messageId) + 1); };
// What a fork inherited comes first, with the places of the journal that it stands in.
export const messages = (s) => [...inherited(s), ...own(s)];
const own = (s) => s.journal.flatMap((e) => {
  if (e.type !== 'message.accepted' && e.type !== 'message.completed') return [];
  const role = e.type === 'message.accepted' ? 'user' : 'assistant';
  return [{ id: e.messageId, parentId: e.parentId ?? null, role, agent: e.agent ?? null, content: e.content, citations: e.citations ?? [], confidence: e.confidence ?? null, citationCounts: e.citationCounts ?? null, runId: e.runId, seq: e.seq, at: e.at, finish: e.finish ?? null }];
});
export const view = (s) => ({ id: s.id, title: s.title, agent: s.agent, mode: s.mode, forkedFrom: s.forkedFrom, preview: messages(s).findLast((m) => m.role === 'user')?.content.slice(0, 120) ?? null, createdAt: s.createdAt, updatedAt: s.updatedAt });

export function post(s, { content, onBusy, agent, mode }, key) {
  const seen = keys.get(key);
  if (seen) return seen;
  if (s.title === null) s.title = content.replace(/^(.{0,78})(\s.*)?$/, '$1');
  const run = { id: randomUUID(), session: s.id, messageId: randomUUID(), asks: agent ?? ((mode ?? s.mode) === 'auto' ? 'auto' : s.agent), content, status: 'queued', stop: new AbortController() };
  runs.set(run.id, run);
  append(s, run.id, 'message.accepted', { messageId: run.messageId, content, author: 'user' });
  append(s, run.id, 'run.accepted', { messageId: run.messageId, agent: run.asks, isWaiting: s.current != null });
  const result = { runId: run.id, messageId: run.messageId, eventsUrl: `/v1/sessions/${s.id}/events` };
  keys.set(key, result);
  s.queue.push(run);
  if (onBusy === 'interrupt' && s.current) { s.current.why = 'interrupted'; s.current.stop.abort(); }
  if (!s.current) void work(s);
  return result;
}
export function cancel(run) {
  const s = sessions.get(run.session);
  if (s.current === run) run.stop.abort();
  else if (s.queue.includes(run)) { s.queue.splice(s.queue.indexOf(run), 1); append(s, run.id, 'message.completed', { messageId: randomUUID(), parentId: run.messageId, agent: s.agent, content: '', citations: [], confidence: null, finish: 'cancelled' }); append(s, run.id, 'run.cancelled', { reason: 'requested' }); }
}
async function work(s) {
  for (let run; (run = s.queue.shift());) {
    s.current = run;
    try { await respond(s, run); } catch (e) {
      if (e?.name !== 'AbortError') throw e;
      append(s, run.id, 'message.completed', { messageId: run.answerId, parentId: run.messageId, agent: run.agent, content: s.live?.text ?? '', citations: [], confidence: null, finish: 'cancelled' });
      append(s, run.id, 'run.cancelled', { reason: run.why ?? 'requested' });
    }
    s.live = null;
  }
  s.current = null;
}
/** The question's words choose what happens, so that a person at the keyboard can see each case too. */
async function respond(s, run) {
  const answerId = run.answerId = randomUUID(), q = run.content, quick = /at once/.test(q), pause = (ms) => quick ? null : sleep(ms, null, { signal: run.stop.signal });
  let agent = run.agent = run.asks;
  await pause(/slow start/.test(q) ? 1500 : 120);
  append(s, run.id, 'run.started', { messageId: run.messageId, answerId, agent, agentVersion: 3 });
  await pause(380);
  if (agent === 'auto') {
    const selection = select(q), reply = selection.question ?? (selection.decision === 'none' ? 'None of the experts here covers this question, so nobody answers it. Ask it in other words, or name an expert.' : null);
    agent = run.agent = selection.agents[0] ?? 'auto';
    append(s, run.id, 'agent.selected', { selection, agent: selection.agents[0] ?? null, agentVersion: reply ? 0 : 3, reply });
    await pause(500);
    if (reply !== null) {
      append(s, run.id, 'message.completed', { messageId: answerId, parentId: run.messageId, agent, content: reply, citations: [], confidence: null, finish: 'completed' });
      append(s, run.id, 'run.completed', { usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0, microUsd: 0 } });
      return;
    }
  }
  append(s, run.id, 'retrieval.completed', { sources: citations });
  append(s, run.id, 'tool.called', { callId: `${run.id}-1`, tool: 'pubmed.search', arguments: '{}' });
  await pause(300);
  append(s, run.id, 'tool.completed', { callId: `${run.id}-1`, result: '3 of 28 abstracts' });
  if (/fail/.test(q)) { await pause(300); append(s, run.id, 'message.completed', { messageId: answerId, parentId: run.messageId, agent, content: '', citations: [], confidence: null, finish: 'failed' }); append(s, run.id, 'run.failed', { error: { code: 'model_unavailable', message: 'The model did not answer in time' } }); return; }
  const text = /long|at length/i.test(q) ? longAnswer : answer, pieces = text.match(/[\s\S]{1,7}/g);
  s.live = { messageId: answerId, attempt: 1, text: '', runId: run.id };
  for (let i = 0; i < pieces.length; i++) {
    await pause(14);
    if (/second thought/.test(q) && i === 40 && s.live.attempt === 1) { s.live = { ...s.live, attempt: 2, text: '' }; tell(s, 'message.reset', { runId: run.id, messageId: answerId, attempt: 2 }); i = -1; continue; }
    const lost = /missing piece/.test(q) && i >= 40 && i < 44;
    if (!lost) tell(s, 'message.delta', { runId: run.id, messageId: answerId, attempt: s.live.attempt, offset: s.live.text.length, text: pieces[i] });
    s.live.text += pieces[i];
    if (/bad line/.test(q) && i === 70) for (const v of s.viewers) v.drop();
  }
  append(s, run.id, 'message.completed', { messageId: answerId, parentId: run.messageId, agent, content: text, citations: text === answer ? citations : longCitations, confidence: { ...confidence, calibrated: agent === 'medical-specialist' }, citationCounts: text === answer ? counts : null, finish: 'completed' });
  append(s, run.id, 'run.completed', { usage: { inputTokens: 1840, outputTokens: 412, totalTokens: 2252, microUsd: 7100 } });
}

/** A past turn, written at once. */
export function past(s, question, reply, at) {
  const runId = randomUUID(), messageId = randomUUID();
  append(s, runId, 'message.accepted', { messageId, content: question, author: 'user' }, at);
  append(s, runId, 'run.accepted', { messageId }, at);
  append(s, runId, 'message.completed', { messageId: randomUUID(), parentId: messageId, agent: s.agent ?? 'medical-specialist', content: reply, citations: citations.slice(0, 1), confidence, finish: 'completed' }, at);
  append(s, runId, 'run.completed', { usage: { inputTokens: 900, outputTokens: 210, totalTokens: 1110, microUsd: 3300 } }, at);
}
