// Collections, documents, uploads as runs, and a search by words: the wire shapes are real, the ranking is for show.
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { documents as shipped } from './content.mjs';
import { follow, json, none, page, problem, read, words } from './http.mjs';

export const collections = new Map();
export const ingests = new Map();
const repeats = new Map();
const passagesOf = (text) => { let at = 0; return text.split('\n\n').flatMap((p) => { const start = at; at += p.length + 2; return p.length > 60 ? [{ start, text: p }] : []; }); };
const fields = (f = {}) => ({ evidenceLevel: null, population: null, jurisdiction: null, language: 'en', publishedOn: null, isRetracted: false, url: null, tags: null, ...f });
const put = (c, id, title, text, mediaType, f) => c.documents.set(id, { id: `${c.id}:${id}`, title, mediaType, hash: createHash('sha256').update(text).digest('hex'), characters: text.length, chunks: passagesOf(text).length, fields: f, ingestedAt: new Date(Date.UTC(2026, 9, 4)).toISOString(), text });

export function seedKnowledge() {
  collections.clear();
  ingests.clear();
  const add = (id, name, description, domain, builtIn) => { const c = { id, name, description, domain, embedding: 'hashed/1', dimensions: 512, generation: 1, building: null, builtIn, createdAt: '2026-09-01T08:00:00Z', documents: new Map() }; collections.set(id, c); return c; };
  const medicine = add('cardiology', 'Cardiology', 'Guidance on heart failure and hypertension, as the service ships it.', 'medicine', true);
  const regulatory = add('regulatory', 'Regulatory guidance', 'Guidelines and templates of EMA and FDA on authorisation and variations.', 'regulatory', true);
  const own = add('ward-notes', 'Ward procedures', 'What our own wards have agreed on. Checked twice a year.', 'medicine', false);
  for (const d of shipped) put(d.collection === 'cardiology' ? medicine : regulatory, d.id, d.title, d.text, 'text/markdown', fields(d.collection === 'cardiology' ? { evidenceLevel: '1', population: 'adults', jurisdiction: 'eu', publishedOn: '2024-03-18' } : { jurisdiction: 'eu', publishedOn: '2023-11-02' }));
  for (let i = 1; i <= 34; i++) put(own, `procedure-${String(i).padStart(2, '0')}.md`, `Procedure ${i}: ${['potassium control', 'handover', 'anticoagulation', 'discharge'][i % 4]}`, `# Procedure ${i}\n\n${'Serum potassium is checked before treatment is started and again within one week; the result is noted with the name of whoever read it. '.repeat(2)}\n\nStep ${i} follows the ward's own plan, which is reviewed every six months by two people.`, i % 5 ? 'text/markdown' : 'application/pdf', fields({ evidenceLevel: i % 3 ? '4' : null, population: 'adults', publishedOn: `2025-0${1 + i % 9}-12`, isRetracted: i === 3 }));
}
const view = ({ documents, ...c }) => ({ ...c, documents: documents.size, chunks: [...documents.values()].reduce((n, d) => n + d.chunks, 0) });
const entry = ({ text: _, ...d }) => d;
const found = (id) => { const [c, d] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)]; return collections.get(c)?.documents.get(d); };

function append(run, type, data = {}) {
  const event = { type, seq: run.journal.length + 1, at: new Date().toISOString(), runId: run.id, ...data };
  run.journal.push(event);
  for (const v of run.viewers) v(type, event, true);
}
/** A name with "broken" in it fails, one with "slow" takes its time: so that both can be seen. */
async function ingest(run, c, uploads) {
  let chunks = 0, failed = 0, skipped = 0;
  append(run, 'run.started');
  for (const [i, u] of uploads.entries()) {
    await sleep(/slow/.test(u.id) ? 700 : 120);
    if (run.cancelled) { append(run, 'run.cancelled', { reason: 'requested' }); return; }
    const text = u.text ?? Buffer.from(u.base64, 'base64').toString('utf8');
    if (/broken/.test(u.id)) { failed++; append(run, 'document.failed', { document: u.id, code: 'document_unreadable', message: 'The PDF ends before its cross-reference table.' }); } else if (c.documents.get(u.id)?.text === text) skipped++;
    else { put(c, u.id, u.title ?? (/^#\s*(.+)/.exec(text)?.[1] ?? u.id), text, u.mediaType, fields({ evidenceLevel: u.evidenceLevel ?? null, population: u.population ?? null, jurisdiction: u.jurisdiction ?? null, publishedOn: u.publishedOn ?? null })); chunks += passagesOf(text).length; }
    append(run, 'ingest.progress', { done: i + 1, total: uploads.length, skipped, failed, chunks });
  }
  append(run, 'run.completed', { usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 } });
}

function search({ query, collections: names, limit = 10, filter = {} }) {
  const asked = words(query), hits = [];
  for (const name of names) for (const d of collections.get(name).documents.values()) {
    const f = d.fields;
    if ((f.isRetracted && !filter.includeRetracted) || (filter.evidenceAtLeast && !(f.evidenceLevel && f.evidenceLevel <= filter.evidenceAtLeast)) || (filter.jurisdictions?.length && !filter.jurisdictions.includes(f.jurisdiction)) || (filter.populations?.length && !filter.populations.includes(f.population))) continue;
    for (const p of passagesOf(d.text)) {
      const both = asked.filter((w) => p.text.toLowerCase().includes(w.slice(0, 6))).length;
      if (both > 0) hits.push({ d, p, both });
    }
  }
  return hits.sort((a, b) => b.both - a.both).slice(0, limit).map(({ d, p, both }, i) => ({
    documentId: d.id, title: d.title, heading: 'Monitoring > In practice', text: p.text, start: p.start, score: 1 / (61 + i) + 1 / (62 + i), fields: d.fields,
    signals: { 'bm25.score': both * 2.31, 'bm25.rank': i + 1, 'vector.score': 0.81 - i * 0.02, 'vector.rank': i + 2, fused: 1 / (61 + i) + 1 / (62 + i), boost: d.fields.evidenceLevel === '1' ? 1.15 : 1 },
  }));
}

export const knowledge = [
  ['GET', /^\/v1\/knowledge\/collections$/, (_req, res, q) => json(res, 200, page([...collections.values()].map(view), q))],
  ['POST', /^\/v1\/knowledge\/collections$/, async (req, res) => {
    const b = await read(req);
    if (collections.has(b.id)) return problem(res, 409, 'collection_exists', 'There is a collection with this id already');
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(b.id ?? '')) return problem(res, 400, 'invalid_value', 'The value is not valid', 'id: lower-case letters, digits and dashes.');
    const c = { id: b.id, name: b.name ?? b.id, description: b.description ?? '', domain: b.domain, embedding: b.embedding ?? 'hashed/1', dimensions: 512, generation: 1, building: null, builtIn: false, createdAt: new Date().toISOString(), documents: new Map() };
    collections.set(b.id, c);
    return json(res, 201, view(c));
  }],
  ['GET', /^\/v1\/knowledge\/documents\/([^/]+)$/, (_req, res, _q, id) => { const d = found(decodeURIComponent(id)) ?? shipped.find((x) => x.id === id); return d ? json(res, 200, { id: d.id, title: d.title, collection: d.collection ?? d.id.split(':')[0], text: d.text, fields: d.fields ?? null }) : problem(res, 404, 'document_not_found', 'The document does not exist', 'It may have been removed from its collection.'); }],
  ['DELETE', /^\/v1\/knowledge\/documents\/([^/]+)$/, (_req, res, _q, id) => { const d = decodeURIComponent(id); collections.get(d.split(':')[0])?.documents.delete(d.slice(d.indexOf(':') + 1)); none(res); }],
  ['POST', /^\/v1\/knowledge\/search$/, async (req, res) => { const b = await read(req), gone = b.collections.find((n) => !collections.has(n)); return gone ? problem(res, 404, 'collection_not_found', 'The collection does not exist', gone) : json(res, 200, { items: search(b) }); }],
  ['GET', /^\/v1\/runs\/(ing_[^/]+)\/events$/, (req, res, q, id) => { const run = ingests.get(id); return run ? follow(req, res, run, q, { until: /^run\.(completed|failed|cancelled)$/ }) : problem(res, 404, 'run_not_found', 'The run does not exist'); }],
  ['POST', /^\/v1\/runs\/(ing_[^/]+)\/cancel$/, (_req, res, _q, id) => { const run = ingests.get(id); if (!run) return problem(res, 404, 'run_not_found', 'The run does not exist'); run.cancelled = true; return json(res, 200, { id, status: 'cancelled' }); }],
];
const ofCollection = [
  ['GET', '', (_req, res, _q, c) => json(res, 200, view(c))],
  ['PATCH', '', async (req, res, _q, c) => { Object.assign(c, await read(req)); json(res, 200, view(c)); }],
  ['DELETE', '', (_req, res, _q, c) => { collections.delete(c.id); none(res); }],
  ['GET', '/documents', (_req, res, q, c) => json(res, 200, page([...c.documents.values()].map(entry), q))],
  ['POST', '/documents', async (req, res, _q, c) => {
    if (c.builtIn) return problem(res, 403, 'collection_built_in', 'A shipped collection takes no documents');
    const b = await read(req), key = req.headers['idempotency-key'];
    const run = repeats.get(key) ?? { id: `ing_${randomUUID().replaceAll('-', '')}`, journal: [], viewers: new Set() };
    if (!repeats.has(key)) { repeats.set(key, run); ingests.set(run.id, run); append(run, 'run.accepted', { collection: c.id, documents: b.documents.length }); void ingest(run, c, b.documents); }
    return json(res, 202, { runId: run.id, eventsUrl: `/v1/runs/${run.id}/events`, documents: b.documents.length });
  }],
].map(([method, tail, run]) => [method, new RegExp(`^/v1/knowledge/collections/([^/]+)${tail}$`), (req, res, q, id) => { const c = collections.get(id); return c ? run(req, res, q, c) : problem(res, 404, 'collection_not_found', 'The collection does not exist'); }]);
knowledge.push(...ofCollection);
