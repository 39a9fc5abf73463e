import { Sparkles } from 'lucide-react';
import { Failure, Note } from '../ui/Notice';
import css from './ExpertPicker.module.css';
import { auto, useAgents } from './queries';

export function ExpertPicker({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const agents = useAgents();
  if (agents.isError) return <Failure error={agents.error} retry={() => void agents.refetch()} />;
  if (agents.data?.length === 0) return <Note>No expert is published yet. An administrator can add one.</Note>;
  const card = (id: string, inner: React.ReactNode) => (
    <label key={id} className={css.card} data-auto={id === auto || undefined}>
      <input type="radio" name="expert" checked={value === id} onChange={() => { onChange(id); }} />{inner}
    </label>
  );
  return (
    <fieldset className={css.grid} aria-busy={agents.isPending}>
      <legend className="sr">Expert</legend>
      {card(auto, <><b><Sparkles size={15} aria-hidden />Choose for me</b><span>The expert who fits the question answers it. You see who, and why, and can ask another instead.</span></>)}
      {agents.isPending && [0, 1, 2].map((i) => <div key={i} className={css.wait} aria-hidden />)}
      {agents.data?.map((a) => card(a.id, <><b>{a.name}</b><span>{a.description}</span>{a.domains.length > 0 && <small>{a.domains.slice(0, 3).join(', ')}</small>}</>))}
    </fieldset>
  );
}
