// Facts of one user and of everybody, with history and a graph.
import { randomUUID } from 'node:crypto';
import { json, none, page, problem, read, words } from './http.mjs';

export const facts = new Map();
const scopes = (q) => q.get('scope') ?? 'user:key-1';
const all = (scope) => [...facts.values()].filter((f) => f.scope === scope).sort((a, b) => b.recordedAt.localeCompare(a.recordedAt));
const record = (scope, subject, predicate, object, text, more = {}) => {
  const f = { id: `fact_${randomUUID().slice(0, 8)}`, scope, subject, predicate, object, text, status: 'confirmed', confidence: 0.9, validFrom: null, validUntil: null, recordedAt: new Date(Date.UTC(2026, 10, 20, 8, facts.size)).toISOString(), source: { kind: 'user', method: 'hand', session: null, runId: null, messageId: null, quote: null, by: 'key-1' }, supersedes: null, supersededBy: null, ...more };
  facts.set(f.id, f);
  return f;
};
const told = (quote, method = 'model') => ({ kind: 'message', method, session: null, runId: 'r1', messageId: 'm1', quote, by: null });

export function seedMemory() {
  facts.clear();
  const me = 'user:key-1';
  const old = record(me, 'the user', 'works at', 'Charité', 'The user works at the Charité.', { status: 'superseded' });
  old.supersededBy = record(me, 'the user', 'works at', 'Karolinska', 'The user works at the Karolinska hospital.', { supersedes: old.id, validFrom: '2026-02-01T00:00:00Z' }).id;
  record(me, 'the user', 'specialises in', 'nephrology', 'The user specialises in nephrology.', { source: told('As a nephrologist I would rather halve the dose.', 'rules') });
  record(me, 'the user', 'prefers', 'short answers', 'The user prefers short answers with the dose first.');
  record(me, 'Karolinska', 'is in', 'Stockholm', 'Karolinska is in Stockholm.');
  record(me, 'nephrology', 'treats', 'hyperkalaemia', 'Nephrology treats hyperkalaemia.');
  record(me, 'spironolactone', 'may cause', 'hyperkalaemia', 'Spironolactone may cause hyperkalaemia.', { confidence: 0.6 });
  record(me, 'the user', 'prescribes', 'spironolactone', 'The user prescribes spironolactone to outpatients.', { status: 'proposed', confidence: 0.45, source: told('Most of my outpatients take spironolactone.') });
  record(me, 'the user', 'reads', 'EMA guidance', 'The user reads EMA guidance rather than FDA guidance.', { status: 'proposed', confidence: 0.7, source: told('I go by the EMA here.') });
  record('tenant', 'the organisation', 'uses', 'mmol/L', 'Potassium is given in mmol/L throughout.');
}

function graph(scope, entity, depth) {
  const live = all(scope).filter((f) => f.status !== 'superseded');
  const near = new Map();
  for (const f of live) for (const [a, b] of [[f.subject, f.object], [f.object, f.subject]]) near.set(a, [...near.get(a) ?? [], b]);
  const distance = new Map(entity ? [[entity, 0]] : [...near.keys()].map((e) => [e, 0]));
  for (let d = 1, ring = [entity]; entity && d <= depth; d++) { ring = ring.flatMap((e) => near.get(e) ?? []).filter((e) => !distance.has(e)); for (const e of ring) distance.set(e, d); }
  return {
    nodes: [...distance].map(([e, d]) => ({ entity: e, distance: d, degree: near.get(e)?.length ?? 0 })),
    edges: live.filter((f) => distance.has(f.subject) && distance.has(f.object)).map((f) => ({ from: f.subject, predicate: f.predicate, to: f.object, factId: f.id, confidence: f.confidence })), isCut: false,
  };
}

export const memory = [
  ['GET', /^\/v1\/memory\/facts$/, (_req, res, q) => json(res, 200, page(all(scopes(q)).filter((f) => q.get('history') === 'true' || f.status !== 'superseded'), q))],
  ['POST', /^\/v1\/memory\/facts$/, async (req, res) => { const b = await read(req); json(res, 201, record(b.scope ?? 'user:key-1', b.subject, b.predicate, b.object, b.text)); }],
  ['PATCH', /^\/v1\/memory\/facts\/([^/]+)$/, async (req, res, q, id) => {
    const f = facts.get(id), b = await read(req);
    if (!f) return problem(res, 404, 'fact_not_found', 'The fact does not exist');
    if (f.status === 'superseded') return problem(res, 409, 'fact_superseded', 'The fact has been superseded');
    if (b.status === 'confirmed') { f.status = 'confirmed'; return json(res, 200, f); }
    const next = record(f.scope, b.subject ?? f.subject, b.predicate ?? f.predicate, b.object ?? f.object, b.text ?? f.text, { supersedes: f.id });
    Object.assign(f, { status: 'superseded', supersededBy: next.id });
    return json(res, 200, next);
  }],
  ['DELETE', /^\/v1\/memory\/facts\/([^/]+)$/, (_req, res, _q, id) => { for (let f = facts.get(id); f; f = facts.get(f.supersedes)) facts.delete(f.id); none(res); }],
  ['DELETE', /^\/v1\/memory$/, (_req, res, q) => { const gone = all(scopes(q)); for (const f of gone) facts.delete(f.id); json(res, 200, { erased: gone.length }); }],
  ['POST', /^\/v1\/memory\/search$/, async (req, res) => {
    const b = await read(req), asked = words(b.query);
    const hits = (b.scopes ?? ['user:key-1', 'tenant']).flatMap(all).filter((f) => f.status !== 'superseded').map((fact) => ({ fact, score: asked.filter((w) => fact.text.toLowerCase().includes(w)).length / Math.max(1, asked.length) })).filter((h) => h.score > 0);
    json(res, 200, { items: hits.sort((a, b2) => b2.score - a.score), nextCursor: null });
  }],
  ['GET', /^\/v1\/memory\/graph$/, (_req, res, q) => json(res, 200, graph(scopes(q), q.get('entity') ?? undefined, Number(q.get('depth') ?? 1)))],
  ['GET', /^\/v1\/memory\/export$/, (_req, res, q) => res.writeHead(200, { 'content-type': 'application/jsonl' }).end(all(scopes(q)).map((f) => JSON.stringify(f)).join('\n') + '\n')],
];
