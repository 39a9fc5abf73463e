import type { Run } from './state';

/** What to say under a question whose run ended without success, and what the reader can do. */
export function outcome(run: Run | undefined, finish: string | null | undefined): { kind: 'quiet' | 'warn' | 'bad'; text: string } | undefined {
  const because = run?.reason === undefined ? '' : /[.!?]$/.test(run.reason) ? ` ${run.reason}` : ` ${run.reason}.`;
  // What the stream does not tell any more, the answer's own mark still does.
  switch (run && run.status !== 'queued' && run.status !== 'running' ? run.status : finish) {
    case 'failed': return { kind: 'bad', text: `The answer failed.${because} Ask again to have another try.` };
    case 'cancelled':
      if (run?.reason === 'rolled_back' || run?.reason === 'superseded') return { kind: 'quiet', text: 'Taken back for the next question.' };
      return { kind: 'quiet', text: run?.reason === 'interrupted' ? 'Interrupted by the next question.' : 'Stopped before it was complete.' };
    case 'rolled_back': return { kind: 'quiet', text: 'Taken back for the next question.' };
    case 'expired': return { kind: 'warn', text: 'The answer took longer than its deadline allows, and was given up. Ask again, perhaps in smaller parts.' };
    case 'budget_exhausted': return { kind: 'warn', text: `The budget was used up before the answer was complete.${because}` };
    default: return undefined;
  }
}

export function money(microUsd: number): string {
  const usd = microUsd / 1_000_000;
  return usd === 0 ? '$0' : `$${usd.toFixed(usd < 0.01 ? 4 : 2)}`;
}
