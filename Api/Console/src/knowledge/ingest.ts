/** What a run that takes in documents has told so far. */
export interface Ingest {
  readonly seq: number;
  readonly status: 'waiting' | 'running' | 'completed' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total: number;
  readonly skipped: number;
  readonly failed: number;
  readonly chunks: number;
  readonly failures: readonly Failed[];
  readonly reason?: string;
}
export interface Failed { readonly document: string; readonly code: string; readonly message: string }

export const begun = (total: number): Ingest => ({ seq: 0, status: 'waiting', done: 0, total, skipped: 0, failed: 0, chunks: 0, failures: [] });
export const isOver = (i: Ingest) => i.status !== 'waiting' && i.status !== 'running';

interface Data { readonly seq?: number; readonly done?: number; readonly total?: number; readonly skipped?: number; readonly failed?: number; readonly chunks?: number; readonly document?: string; readonly code?: string; readonly message?: string; readonly reason?: string | null; readonly error?: { readonly message?: string } | null }

/** The run after one more event. A replay after a reconnect changes nothing, and so does an event that nobody here knows. */
export function advance(i: Ingest, name: string, d: Data): Ingest {
  if (d.seq !== undefined) {
    if (d.seq <= i.seq) return i;
    i = { ...i, seq: d.seq };
  }
  const counts = { done: d.done ?? i.done, total: d.total ?? i.total, skipped: d.skipped ?? i.skipped, failed: d.failed ?? i.failed, chunks: d.chunks ?? i.chunks };
  switch (name) {
    case 'run.started': return { ...i, status: 'running' };
    case 'ingest.progress': return { ...i, ...counts, status: 'running' };
    case 'document.failed': {
      const failures = [...i.failures.filter((f) => f.document !== d.document), { document: d.document ?? '', code: d.code ?? d.error?.message ?? '', message: d.message ?? '' }];
      return { ...i, status: 'running', failures, failed: Math.max(i.failed, failures.length) };
    }
    case 'run.completed': return { ...i, ...counts, done: Math.max(counts.done, counts.total), status: 'completed' };
    case 'run.failed': case 'run.expired': case 'run.budget_exhausted': return { ...i, status: 'failed', ...(d.error?.message === undefined ? {} : { reason: d.error.message }) };
    case 'run.cancelled': return { ...i, status: 'cancelled' };
    default: return i;
  }
}
