import { currentKey, signOut } from '../account/credential';
import { Problem, problemOf, unreachable } from './problem';
import type { Accepted, Agent, Document, Message, OnBusy, Page, Session } from './types';

interface Init { readonly method?: string; readonly body?: unknown; readonly signal?: AbortSignal | undefined; readonly key?: string; readonly idempotencyKey?: string }

async function request(path: string, init: Init = {}): Promise<Response> {
  const credential = init.key ?? currentKey();
  const headers: Record<string, string> = { accept: 'application/json' };
  if (credential !== undefined) headers.authorization = `Bearer ${credential}`;
  if (init.body !== undefined) headers['content-type'] = 'application/json';
  if (init.idempotencyKey !== undefined) headers['idempotency-key'] = init.idempotencyKey;
  let res: Response;
  try {
    res = await fetch(path, { method: init.method ?? 'GET', headers, body: init.body === undefined ? null : JSON.stringify(init.body), signal: init.signal ?? null });
  } catch (e) {
    if (init.signal?.aborted === true) throw e;
    throw unreachable();
  }
  if (res.ok) return res;
  // Only the key in use can end the session; one that is being tried on the sign-in page cannot.
  if (res.status === 401 && init.key === undefined && credential === currentKey()) signOut('rejected');
  throw await problemOf(res);
}

const get = async <T>(path: string, init?: Init): Promise<T> => (await (await request(path, init)).json()) as T;
const post = async <T>(path: string, body: unknown, init?: Init): Promise<T> =>
  (await (await request(path, { idempotencyKey: crypto.randomUUID(), ...init, method: 'POST', body })).json()) as T;

const query = (params: Record<string, string | number | undefined>) => {
  const q = new URLSearchParams();
  for (const [k, v] of Object.entries(params)) if (v !== undefined && v !== '') q.set(k, String(v));
  return q.size === 0 ? '' : `?${q}`;
};
const session = (id: string) => `/v1/sessions/${encodeURIComponent(id)}`;

/** Sends one request again while its failure is one that passes; the idempotency key makes that safe. */
async function patiently<T>(send: () => Promise<T>, tries = 3): Promise<T> {
  for (let n = 1; ; n++) {
    try { return await send(); } catch (e) {
      if (!(e instanceof Problem && e.transient) || n >= tries) throw e;
      await new Promise((r) => { setTimeout(r, 400 * 2 ** (n - 1)); });
    }
  }
}

export const api = {
  check: (key: string) => get<Page<Session>>(`/v1/sessions${query({ limit: 1 })}`, { key }),
  agents: (signal?: AbortSignal) => get<Page<Agent>>(`/v1/agents${query({ limit: 100 })}`, { signal }),
  sessions: (p: { cursor?: string | undefined; limit: number; q?: string }, signal?: AbortSignal) => get<Page<Session>>(`/v1/sessions${query(p)}`, { signal }),
  session: (id: string, signal?: AbortSignal) => get<Session>(session(id), { signal }),
  createSession: (body: { agent: string; title?: string }) => post<Session>('/v1/sessions', body),
  rename: async (id: string, title: string) => { await request(session(id), { method: 'PATCH', body: { title } }); },
  remove: async (id: string) => { await request(session(id), { method: 'DELETE' }); },
  fork: (id: string, messageId: string) => post<Session>(`${session(id)}/fork`, { messageId }),
  exported: async (id: string) => (await request(`${session(id)}/export`)).blob(),
  messages: (id: string, p: { cursor?: string | undefined; limit: number }, signal?: AbortSignal) => get<Page<Message>>(`${session(id)}/messages${query(p)}`, { signal }),
  send: (id: string, body: { content: string; onBusy?: OnBusy }, idempotencyKey: string) => patiently(() => post<Accepted>(`${session(id)}/messages`, body, { idempotencyKey })),
  cancel: async (runId: string) => { await request(`/v1/runs/${encodeURIComponent(runId)}/cancel`, { method: 'POST', body: {}, idempotencyKey: crypto.randomUUID() }); },
  document: (id: string, signal?: AbortSignal) => get<Document>(`/v1/knowledge/documents/${encodeURIComponent(id)}`, { signal }),
};

export const eventsUrl = (id: string, after: string) => `${session(id)}/events${query({ after })}`;
