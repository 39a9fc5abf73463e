import type { ProblemBody } from './types';

/** Any failure of a call, already put into words that can be shown as they are. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string | undefined;
  readonly detail: string | undefined;
  readonly traceId: string | undefined;
  readonly retryAfter: number | undefined;
  /** What is wrong with which field of the request. */
  readonly fields: Readonly<Record<string, readonly string[]>>;

  constructor(status: number, title: string, more: { code?: string | undefined; detail?: string | undefined; traceId?: string | undefined; retryAfter?: number | undefined; fields?: Readonly<Record<string, readonly string[]>> | undefined } = {}) {
    super(title);
    this.status = status;
    this.code = more.code;
    this.detail = more.detail;
    this.traceId = more.traceId;
    this.retryAfter = more.retryAfter;
    this.fields = more.fields ?? {};
  }

  /** Whether the same request may succeed when it is sent again. Status 0 is "no answer at all". */
  get transient(): boolean { return this.status === 0 || this.status === 408 || this.status === 425 || this.status >= 500; }
}

const plain: Readonly<Record<number, string>> = {
  402: 'The budget is used up',
  403: 'Your key does not allow this',
  404: 'This does not exist, or is not yours',
  409: 'The conversation is busy',
  413: 'This is too large',
  429: 'Too many requests',
};

export async function problemOf(res: Response): Promise<Problem> {
  // A proxy in between may answer with a page instead of problem+json.
  const body = (await res.json().catch(() => ({}))) as ProblemBody;
  const wait = Number(res.headers.get('retry-after'));
  const fields = Object.values(body.errors ?? {}).flat();
  return new Problem(res.status, body.title ?? plain[res.status] ?? `The server answered with status ${res.status}`, {
    code: body.code, traceId: body.traceId, fields: body.errors,
    detail: [body.detail, ...fields].filter((d) => d !== undefined && d !== '').join(' ') || undefined,
    retryAfter: Number.isFinite(wait) && wait > 0 ? wait : undefined,
  });
}

export const unreachable = () => new Problem(0, 'The server cannot be reached', { detail: 'Check the connection; nothing has been lost.' });

const ended = (s: string) => /[.!?]$/.test(s) ? s : `${s}.`;

/** One or two sentences for people. */
export function sentence(e: unknown): string {
  if (!(e instanceof Problem)) return 'Something went wrong in this page.';
  const parts = [ended(e.message)];
  if (e.detail !== undefined && e.detail !== e.message) parts.push(ended(e.detail));
  if (e.retryAfter !== undefined) parts.push(`Try again in ${e.retryAfter} s.`);
  return parts.join(' ');
}
