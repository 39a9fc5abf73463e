// Panels as journals in memory: a course of rounds is played slowly, with several seats writing at once.
// Words of the question stage things: "at once" plays it fast, "bad line" drops the connection, "second thought" has one seat begin
// again, "missing piece" leaves a gap, "late seat" lets one time out, "compose nobody" and "refuse" are turned down.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { agents } from './content.mjs';
import { courseOf, outcomeOf } from './course.mjs';
import { follow, json, none, problem, read } from './http.mjs';

export const panels = new Map();
const keys = new Map();
const usage = (n) => ({ inputTokens: 1400 + n * 37, outputTokens: 180 + n * 11, totalTokens: 1580 + n * 48 });
const iso = (ms = 0) => new Date(Date.now() + ms).toISOString();

export function append(p, type, data = {}, at = iso()) {
  const event = { type, seq: p.journal.length + 1, at, runId: p.runId, ...data };
  p.journal.push(event);
  for (const v of p.viewers) v(type, event, true);
  return event;
}
const tell = (p, type, data) => { for (const v of p.viewers) v(type, { type, seq: p.journal.length, at: iso(), runId: p.runId, ...data }, false); };

export function convene(body, at = iso()) {
  const named = body.standing ? standings.get(body.standing)?.agents ?? [] : body.agents ?? [];
  const who = named.length ? named : agents.slice(0, 3).map((a) => a.id);
  const seats = [
    ...who.map((id, i) => ({ id: `s${i + 1}`, agent: id, agentVersion: 3, name: agents.find((a) => a.id === id)?.name ?? id, role: 'member', weight: 1 + (i === 0 ? 0.2 : i === 2 ? -0.15 : 0), weightParts: { track: 1, quality: 1 } })),
    ...(body.people ?? []).map((name, i) => ({ id: `s${who.length + i + 1}`, agent: null, agentVersion: 0, name, role: 'member', weight: 1, weightParts: {} })),
  ];
  const roles = { adversarial: ['proposer', 'challenger'], socratic: ['questioner', 'respondent'], review: ['author', ...seats.slice(1).map(() => 'reviewer')] }[body.protocol];
  if (roles) seats.forEach((s, i) => { s.role = roles[i] ?? s.role; });
  if (['parallel', 'roundtable', 'adversarial'].includes(body.protocol)) seats.push({ id: 'chair', agent: body.chair ?? who[0], agentVersion: 3, name: `${agents.find((a) => a.id === (body.chair ?? who[0]))?.name}, ${body.protocol === 'adversarial' ? 'judge' : 'chair'}`, role: body.protocol === 'adversarial' ? 'judge' : 'chair', weight: 1, weightParts: {} });
  const id = `pn${randomUUID().slice(0, 8)}`;
  const p = { id, runId: `${id}-run`, question: body.question, protocol: body.protocol, rule: body.protocol === 'vote' ? body.rule ?? 'majority' : null, status: 'queued', error: null, author: 'test', seats, quorum: body.quorum ?? Math.floor(seats.length / 2) + 1, cycles: body.rounds ?? 3, seed: 7, round: null, rounds: [], positions: [], steering: [], asks: [], precedents: [], standing: body.standing ?? null, session: null, outcome: null, convenedAt: at, deadline: iso(30 * 60_000), endedAt: null, options: body.options ?? [], criteria: body.criteria ?? [], seatSeconds: body.seatSeconds ?? 60, personSeconds: body.personSeconds ?? 3600, journal: [], viewers: new Set(), lives: [], absent: [], spent: {}, stop: new AbortController(), heard: new Map() };
  panels.set(id, p);
  append(p, 'run.accepted', { kind: 'panel', panelId: id }, at);
  append(p, 'panel.convened', { charter: { panelId: id, question: p.question, protocol: p.protocol, seats } }, at);
  return p;
}

export const view = (p) => ({ ...Object.fromEntries(['id', 'runId', 'question', 'protocol', 'rule', 'status', 'error', 'author', 'quorum', 'cycles', 'seed', 'rounds', 'positions', 'steering', 'asks', 'precedents', 'standing', 'session', 'outcome', 'convenedAt', 'deadline', 'endedAt'].map((k) => [k, p[k]])), seats: p.seats.map((s) => ({ ...s, kind: s.agent ? 'agent' : 'person', state: 'idle', usage: p.spent[s.id] ?? usage(0) })), round: null, usage: usage(9), seq: p.journal.length });
const summary = (p) => ({ id: p.id, runId: p.runId, question: p.question, protocol: p.protocol, status: p.status === 'queued' ? 'running' : p.status, decision: p.outcome?.decision ?? null, seats: p.seats.length, author: 'test', standing: p.standing, convenedAt: p.convenedAt, endedAt: p.endedAt });

/** Plays the course; `at` has it happen in the past, at once. */
export async function play(p, at) {
  const past = at !== undefined, quick = past || /at once/.test(p.question);
  let clock = past ? Date.parse(at) : 0;
  const when = () => past ? new Date(clock += 900).toISOString() : iso();
  const pause = (ms) => quick ? null : sleep(ms, null, { signal: p.stop.signal });
  try {
    await pause(300);
    p.status = 'running';
    append(p, 'run.started', { epoch: 1 }, when());
    for (const [i, round] of courseOf(p).entries()) {
      const number = i + 1, { phase, cycle, invited } = round, openedAt = when(), said = [];
      const seconds = (s) => s.agent ? p.seatSeconds : p.personSeconds;
      const deadlines = Object.fromEntries(invited.map((s) => [s.id, past ? openedAt : iso(seconds(s) * 1000)]));
      append(p, 'panel.round.opened', { round: number, cycle, phase, deadlines }, openedAt);
      const speak = (s, words, spent) => {
        if (spent) { const u = p.spent[s.id]; p.spent[s.id] = u ? { ...u, inputTokens: u.inputTokens + spent.inputTokens, outputTokens: u.outputTokens + spent.outputTokens } : spent; }
        append(p, /ballot|judge|review/.test(phase) ? 'panel.vote' : /critique|question|synthesize/.test(phase) ? 'panel.remark' : 'panel.position', { round: number, phase, seat: s.id, messageId: `${p.id}.${number}.${s.id}`, said: words, usage: spent ?? { inputTokens: 0, outputTokens: 0 }, model: s.agent ? 'test-model' : null }, when());
        said.push(s.id);
      };
      await Promise.all(invited.map(async (s, n) => {
        const messageId = `${p.id}.${number}.${s.id}`;
        if (!s.agent) {
          if (past) return speak(s, round.says(s, n));
          const ask = { panelId: p.id, runId: p.runId, messageId, seat: s.id, role: s.role, round: number, cycle, phase, question: p.question, instructions: round.instructions, entries: round.entries, options: round.options.map(({ label, text }) => ({ label, text })), criteria: p.criteria.length ? p.criteria : ['Soundness', 'Clarity'], digest: round.digest, steering: p.steering.map((x) => x.text), precedents: [], agent: null, agentVersion: 0, tokensLeft: null, deadline: deadlines[s.id] };
          p.asks = [...p.asks, ask];
          append(p, 'panel.waiting', { seat: s.id }); // a name that this console does not know
          const answer = await new Promise((resolve, reject) => { p.heard.set(messageId, resolve); p.stop.signal.addEventListener('abort', () => { reject(new DOMException('x', 'AbortError')); }); });
          p.asks = p.asks.filter((a) => a !== ask);
          if (answer.decline) { p.absent.push({ seat: s.id, round: number, reason: 'declined' }); append(p, 'panel.absent', { round: number, seat: s.id, messageId, reason: 'declined', error: null, usage: { inputTokens: 0, outputTokens: 0 } }); return; }
          speak(s, { text: answer.answer, stance: answer.stance ?? null, confidence: answer.confidence ?? null, isCalibrated: false, estimate: answer.estimate ?? null, choice: answer.choice ?? null, ranking: answer.ranking ?? [], points: answer.points ?? [], scores: answer.scores ?? {}, citations: [], isContent: null });
          return;
        }
        if (/late seat/.test(p.question) && n === 1 && number === 1) {
          await pause(5000);
          p.absent.push({ seat: s.id, round: number, reason: 'deadline' });
          append(p, 'panel.absent', { round: number, seat: s.id, messageId, reason: 'deadline', error: { code: 'deadline', message: 'The model was still writing' }, usage: usage(1) }, when());
          return;
        }
        const words = round.says(s, n), pieces = words.text.match(/[\s\S]{1,6}/g) ?? [];
        const live = { seat: s.id, round: number, messageId, attempt: 1, text: '' };
        if (!quick) { p.lives.push(live); await pause(150 + n * 220); }
        if (!quick) for (let k = 0; k < pieces.length; k++) {
          await pause(30 + n * 7);
          if (/second thought/.test(p.question) && n === 0 && k === 20 && live.attempt === 1) { live.attempt = 2; live.text = ''; tell(p, 'message.reset', { ...live, text: undefined }); k = -1; continue; }
          const lost = /missing piece/.test(p.question) && n === 2 && k >= 12 && k < 15;
          if (!lost) tell(p, 'message.delta', { ...live, offset: live.text.length, text: pieces[k] });
          live.text += pieces[k];
          if (/bad line/.test(p.question) && number === 1 && n === 0 && k === 25) for (const v of p.viewers) v.drop();
        }
        p.lives = p.lives.filter((l) => l !== live);
        speak(s, words, usage(n + number));
      }));
      const closedAt = when();
      append(p, 'panel.round.closed', { round: number, invited: invited.length, answered: said.length }, closedAt);
      p.rounds.push({ round: number, cycle, phase, openedAt, closedAt, invited: invited.length, answered: said.length });
      await pause(700);
    }
    p.outcome = outcomeOf(p);
    append(p, 'panel.concluded', { outcome: p.outcome }, when());
    end(p, 'completed', { usage: usage(40) }, when());
  } catch (e) {
    if (e?.name !== 'AbortError') throw e;
    end(p, 'cancelled', { reason: 'requested' });
  }
}
function end(p, status, data, at = iso()) {
  p.lives = []; p.asks = []; p.status = status; p.endedAt = at;
  append(p, `run.${status}`, data, at);
}

export const standings = new Map();
const list = (res, items) => json(res, 200, { items, nextCursor: null });
const ofPanel = (method, tail, run) => [method, new RegExp(`^/v1/panels/(pn[^/]+)${tail}$`), async (req, res, q, id, more) => { const p = panels.get(id); return p ? run(req, res, q, p, more) : problem(res, 404, 'panel_not_found', 'The panel does not exist'); }];
const ofStanding = (method, tail, run) => [method, new RegExp(`^/v1/standing-panels/([^/]+)${tail}$`), async (req, res, q, id) => { const s = standings.get(id); return s ? run(req, res, q, s) : problem(res, 404, 'standing_panel_not_found', 'The standing panel does not exist'); }];

export const panelRoutes = [
  ['GET', /^\/v1\/panels$/, (_req, res, q) => { const all = [...panels.values()].sort((a, b) => b.convenedAt.localeCompare(a.convenedAt)), at = Number(q.get('cursor') ?? 0), limit = Number(q.get('limit') ?? 20); json(res, 200, { items: all.slice(at, at + limit).map(summary), nextCursor: at + limit < all.length ? String(at + limit) : null }); }],
  ['POST', /^\/v1\/panels$/, async (req, res) => {
    const body = await read(req), key = req.headers['idempotency-key'];
    if (keys.has(key)) return json(res, 202, keys.get(key));
    const errors = { ...((body.options ?? []).length === 1 ? { options: ['At least 2 options, or none.'] } : {}), ...(body.quorum > 12 ? { quorum: ['A number from 1 to 12.'] } : {}) };
    if (Object.keys(errors).length) return json(res, 422, { title: 'A value is not allowed', status: 422, code: 'invalid_value', detail: `Not allowed: ${Object.keys(errors).join(', ')}.`, errors, traceId: '4bf92f3577b34da6' });
    if (/compose nobody/.test(body.question)) return problem(res, 422, 'panel_cannot_compose', 'Too few experts cover this question', 'Name them, or ask in other words');
    const p = convene(body), answer = { runId: p.runId, panelId: p.id, eventsUrl: `/v1/panels/${p.id}/events` };
    keys.set(key, answer);
    void play(p);
    return json(res, 202, answer);
  }],
  ofPanel('GET', '', (_req, res, _q, p) => json(res, 200, view(p))),
  ofPanel('DELETE', '', (_req, res, _q, p) => { p.stop.abort(); panels.delete(p.id); none(res); }),
  ofPanel('GET', '/events', (req, res, q, p) => { follow(req, res, p, q); }),
  ofPanel('POST', '/cancel', (_req, res, _q, p) => { p.stop.abort(); json(res, 202, { id: p.runId, status: 'cancelling' }); }),
  ofPanel('POST', '/steer', async (req, res, _q, p) => { const { text } = await read(req); p.steering.push({ author: 'test', text, afterRound: p.rounds.length, at: iso() }); append(p, 'panel.steered', { author: 'test', text }); json(res, 202, {}); }),
  ofPanel('POST', '/answers', async (req, res, _q, p) => { const body = await read(req), hear = p.heard.get(`${p.id}.${body.round}.${body.seat}`); if (!hear) return problem(res, 409, 'not_invited', 'This seat is not asked now'); hear(body); return json(res, 202, {}); }),
  ofPanel('GET', '/seats/([^/]+)', (_req, res, _q, p, seat) => json(res, 200, { panelId: p.id, seat, agent: null, notes: p.rounds.slice(0, 1).map((r) => ({ round: r.round, phase: r.phase, text: 'The second source is older than the first; I did not rest on it. Unsure whether the margin holds for patients below 50 kg.', sources: ['Mineralocorticoid receptor antagonists: monitoring in practice'] })), writing: null })),
  ['GET', /^\/v1\/standing-panels$/, (_req, res) => list(res, [...standings.values()])],
  ['POST', /^\/v1\/standing-panels$/, async (req, res) => { const b = await read(req); const s = { rule: null, cycles: b.rounds ?? null, quorum: null, criteria: [], precedents: 0, author: 'test', createdAt: iso(), changedAt: iso(), ...b, id: b.id ?? 'standing' }; standings.set(s.id, s); json(res, 201, s); }],
  ofStanding('GET', '', (_req, res, _q, s) => json(res, 200, s)),
  ofStanding('PATCH', '', async (req, res, _q, s) => { Object.assign(s, await read(req), { changedAt: iso() }); json(res, 200, s); }),
  ofStanding('DELETE', '', (_req, res, _q, s) => { standings.delete(s.id); none(res); }),
  ofStanding('GET', '/precedents', (_req, res, q, s) => { const needle = (q.get('query') ?? '').toLowerCase(); list(res, [...panels.values()].filter((p) => p.standing === s.id && p.outcome && p.question.toLowerCase().includes(needle)).map((p) => ({ panelId: p.id, question: p.question, answer: p.outcome.answer, decision: p.outcome.decision, agreement: 0.67, at: p.endedAt }))); }),
  ofStanding('GET', '/record', (_req, res, _q, s) => list(res, s.precedents === 0 ? [] : s.agents.flatMap((agent, i) => [{ agent, topic: ['cardiology', 'regulatory', 'trials'][i % 3], right: 14 - i * 3, wrong: 2 + i, weight: 1.24 - i * 0.13 }, { agent, topic: 'general', right: 6, wrong: 3 + i, weight: 1.02 - i * 0.05 }]))),
];

export async function seedPanels() {
  panels.clear();
  standings.clear();
  const now = Date.now(), three = agents.slice(0, 3).map((a) => a.id), four = agents.map((a) => a.id);
  standings.set('cardiorenal-board', { id: 'cardiorenal-board', name: 'Cardiorenal board', agents: three, protocol: 'vote', rule: 'weighted', cycles: null, quorum: 2, criteria: [], precedents: 2, author: 'test', createdAt: iso(-9e8), changedAt: iso(-4e8) });
  const past = [
    { protocol: 'review', question: 'Is the risk management plan fit to be submitted?', agents: three, criteria: ['Soundness', 'Completeness', 'Clarity'] },
    { protocol: 'adversarial', question: 'Should the waiver be requested before the paediatric committee meets?', agents: four.slice(0, 2) },
    { protocol: 'delphi', question: 'How many patients are needed in each arm of the bridging study?', agents: four },
    { protocol: 'vote', rule: 'weighted', question: 'Which variation type covers the new supplier of the active substance?', agents: four, standing: 'cardiorenal-board', options: ['Type IB, by the agency’s current guidance', 'Type II, since the process is assessed anew', 'An annual report'] },
    { protocol: 'vote', rule: 'borda', question: 'In which order should the three licences be changed?', agents: three, standing: 'cardiorenal-board' },
    { protocol: 'consensus', question: 'When should potassium be measured again after the first dose?', agents: three },
  ];
  for (const [i, body] of past.entries()) {
    const at = new Date(now - (past.length - i) * 26 * 3600_000).toISOString(), p = convene(body, at);
    await play(p, at);
  }
}
