import css from './Addressee.module.css';
import { auto, useAgents } from './queries';

/** Whom the next message asks: any expert may be asked at any message, or the choice left open. */
export function AddresseePicker({ value, onChange }: { value: string; onChange: (choice: string) => void }) {
  const agents = useAgents();
  if (!agents.data) return null;
  const known = value === '' || value === auto || agents.data.some((a) => a.id === value);
  return (
    <div className={css.to}>
      <span aria-hidden>Ask</span>
      <select aria-label="Whom to ask" value={value} onChange={(e) => { onChange(e.target.value); }}>
        {value === '' && <option value="">nobody yet</option>}
        <option value={auto}>whoever fits best</option>
        {!known && <option value={value}>{value}</option>}
        {agents.data.map((a) => <option key={a.id} value={a.id}>{a.name}</option>)}
      </select>
    </div>
  );
}
