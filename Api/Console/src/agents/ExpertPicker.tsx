import { Sparkles } from 'lucide-react';
import type { Agent } from '../api/types';
import { Failure } from '../ui/Notice';
import css from './ExpertPicker.module.css';
import { useAgents } from './queries';

/** The empty choice lets the server select an expert for each question. */
export function ExpertPicker({ value, onChange }: { value: string; onChange: (id: string, agent: Agent | undefined) => void }) {
  const agents = useAgents();
  if (agents.isError) return <Failure error={agents.error} retry={() => void agents.refetch()} />;
  return (
    <fieldset className={css.grid} aria-busy={agents.isPending}>
      <legend className="sr">Expert</legend>
      <label className={css.card}>
        <input type="radio" name="expert" checked={value === ''} onChange={() => { onChange('', undefined); }} />
        <b><Sparkles size={14} aria-hidden />Choose for me</b><span>Each question goes to the expert that fits it best.</span>
      </label>
      {agents.isPending && [0, 1, 2].map((i) => <div key={i} className={css.wait} aria-hidden />)}
      {agents.data?.map((a) => (
        <label key={a.id} className={css.card}>
          <input type="radio" name="expert" checked={value === a.id} onChange={() => { onChange(a.id, a); }} />
          <b>{a.name}</b><span>{a.description}</span>{a.domains.length > 0 && <small>{a.domains.slice(0, 3).join(', ')}</small>}
        </label>
      ))}
    </fieldset>
  );
}
