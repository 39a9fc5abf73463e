import { get, patiently, post, query, remove, request } from './http';
import type { Accepted, Addressee, Agent, Message, OnBusy, Page, RunEvent, Session } from './types';

const session = (id: string) => `/v1/sessions/${encodeURIComponent(id)}`;
const run = (id: string) => `/v1/runs/${encodeURIComponent(id)}`;

export const api = {
  check: (key: string) => get<Page<Session>>(`/v1/sessions${query({ limit: 1 })}`, { key }),
  agents: (signal?: AbortSignal) => get<Page<Agent>>(`/v1/agents${query({ limit: 100 })}`, { signal }),
  sessions: (p: { cursor?: string | undefined; limit: number; q?: string }, signal?: AbortSignal) => get<Page<Session>>(`/v1/sessions${query(p)}`, { signal }),
  session: (id: string, signal?: AbortSignal) => get<Session>(session(id), { signal }),
  createSession: (body: Addressee & { title?: string }) => post<Session>('/v1/sessions', body),
  rename: async (id: string, title: string) => { await request(session(id), { method: 'PATCH', body: { title } }); },
  remove: (id: string) => remove(session(id)),
  fork: (id: string, messageId: string) => post<Session>(`${session(id)}/fork`, { messageId }),
  exported: async (id: string) => (await request(`${session(id)}/export`)).blob(),
  messages: (id: string, p: { cursor?: string | undefined; limit: number }, signal?: AbortSignal) => get<Page<Message>>(`${session(id)}/messages${query(p)}`, { signal }),
  send: (id: string, body: { content: string; onBusy?: OnBusy } & Addressee, idempotencyKey: string) => patiently(() => post<Accepted>(`${session(id)}/messages`, body, { idempotencyKey })),
  cancel: async (runId: string) => { await request(`${run(runId)}/cancel`, { method: 'POST', body: {}, idempotencyKey: crypto.randomUUID() }); },
  /** The events of a run up to now, as a page and not as a stream. */
  runEvents: (runId: string, signal?: AbortSignal) => get<Page<RunEvent>>(`${run(runId)}/events${query({ format: 'json', limit: 100 })}`, { signal }),
};

export const eventsUrl = (id: string, after: string) => `${session(id)}/events${query({ after })}`;
export const runEventsUrl = (id: string) => `${run(id)}/events`;
