import { Check, ChevronRight, LoaderCircle, X } from 'lucide-react';
import { useAgentName } from '../agents/queries';
import css from './Steps.module.css';
import type { Step } from './stepLog';

const icons = { running: LoaderCircle, done: Check, failed: X };
const duration = (ms: number) => ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

function Lines({ steps }: { steps: readonly Step[] }) {
  const nameOf = useAgentName();
  return (
    <ol className={css.steps} aria-label="What was done for this answer">
      {steps.map((s) => {
        const Icon = icons[s.state];
        return (
          <li key={s.key} data-state={s.state}>
            <Icon size={13} aria-hidden /><span className={css.what}><b>{s.label}</b> {s.agents?.map(nameOf).join(', ') ?? s.detail}{s.state === 'running' && <span className="sr"> running</span>}</span>
            {s.ms !== undefined && <span className={`num ${css.ms ?? ''}`}>{duration(s.ms)}</span>}
          </li>
        );
      })}
    </ol>
  );
}

/** Lines while the answer is on its way; folded away once it is there. */
export function Steps({ steps, live }: { steps: readonly Step[]; live: boolean }) {
  if (steps.length === 0) return null;
  if (live) return <div className={css.open}><Lines steps={steps} /></div>;
  return (
    <details className={css.fold}>
      <summary><ChevronRight size={13} aria-hidden />{steps.length === 1 ? '1 step' : `${steps.length} steps`} before this answer</summary>
      <Lines steps={steps} />
    </details>
  );
}
