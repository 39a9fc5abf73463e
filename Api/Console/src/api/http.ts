import { currentKey, signOut } from '../account/credential';
import { Problem, problemOf, unreachable } from './problem';

export interface Init { readonly method?: string; readonly body?: unknown; readonly signal?: AbortSignal | undefined; readonly key?: string; readonly idempotencyKey?: string }

export async function request(path: string, init: Init = {}): Promise<Response> {
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

export const get = async <T>(path: string, init?: Init): Promise<T> => (await (await request(path, init)).json()) as T;
export const post = async <T>(path: string, body: unknown, init?: Init): Promise<T> =>
  (await (await request(path, { idempotencyKey: crypto.randomUUID(), ...init, method: 'POST', body })).json()) as T;
export const patch = async <T>(path: string, body: unknown): Promise<T> =>
  (await (await request(path, { method: 'PATCH', body, idempotencyKey: crypto.randomUUID() })).json()) as T;
export const remove = async (path: string): Promise<void> => { await request(path, { method: 'DELETE' }); };

export const query = (params: Readonly<Record<string, string | number | undefined>>) => {
  const q = new URLSearchParams();
  for (const [k, v] of Object.entries(params)) if (v !== undefined && v !== '') q.set(k, String(v));
  return q.size === 0 ? '' : `?${q}`;
};

/** Sends one request again while its failure is one that passes; the idempotency key makes that safe. */
export async function patiently<T>(send: () => Promise<T>, tries = 3): Promise<T> {
  for (let n = 1; ; n++) {
    try { return await send(); } catch (e) {
      if (!(e instanceof Problem && e.transient) || n >= tries) throw e;
      await new Promise((r) => { setTimeout(r, 400 * 2 ** (n - 1)); });
    }
  }
}
