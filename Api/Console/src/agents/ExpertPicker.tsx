import { Failure, Note } from '../ui/Notice';
import css from './ExpertPicker.module.css';
import { useAgents } from './queries';

export function ExpertPicker({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const agents = useAgents();
  if (agents.isError) return <Failure error={agents.error} retry={() => void agents.refetch()} />;
  if (agents.data?.length === 0) return <Note>No expert is published yet. An administrator can add one.</Note>;
  return (
    <fieldset className={css.grid} aria-busy={agents.isPending}>
      <legend className="sr">Expert</legend>
      {agents.isPending && [0, 1, 2].map((i) => <div key={i} className={css.wait} aria-hidden />)}
      {agents.data?.map((a) => (
        <label key={a.id} className={css.card}>
          <input type="radio" name="expert" checked={value === a.id} onChange={() => { onChange(a.id); }} />
          <b>{a.name}</b><span>{a.description}</span>{a.domains.length > 0 && <small>{a.domains.slice(0, 3).join(', ')}</small>}
        </label>
      ))}
    </fieldset>
  );
}
