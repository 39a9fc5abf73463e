import { ChartSpline, CircleHelp, ClipboardCheck, GitMerge, Handshake, RefreshCw, Swords, Vote, type LucideIcon } from 'lucide-react';
import type { ProtocolId } from '../../api/panels';
import { FieldError } from '../../ui/Field';
import { protocols } from '../words';
import css from './Convene.module.css';

const icons: Readonly<Record<ProtocolId, LucideIcon>> = { parallel: GitMerge, roundtable: RefreshCw, vote: Vote, consensus: Handshake, delphi: ChartSpline, adversarial: Swords, socratic: CircleHelp, review: ClipboardCheck };

export function ProtocolPicker({ value, onChange, error }: { value: ProtocolId; onChange: (id: ProtocolId) => void; error?: string | undefined }) {
  return (
    <fieldset className={css.protocols}>
      <legend>Protocol</legend>
      {protocols.map((p) => {
        const Icon = icons[p.id];
        return (
          <label key={p.id} className={css.card}>
            <input type="radio" name="protocol" checked={value === p.id} onChange={() => { onChange(p.id); }} />
            <b><Icon size={15} aria-hidden />{p.name}</b><span>{p.sentence}</span><small>{p.course}</small>
          </label>
        );
      })}
      <FieldError>{error}</FieldError>
    </fieldset>
  );
}
