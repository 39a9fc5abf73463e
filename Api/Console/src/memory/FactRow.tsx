import { Check, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { memoryApi, type Fact } from '../api/memory';
import controls from '../styles/controls.module.css';
import { Confirm } from '../ui/Confirm';
import { Badge } from '../ui/DetailPage';
import { Failure } from '../ui/Notice';
import { FactDialog } from './FactDialog';
import css from './Memory.module.css';
import { useForget, useMemoryChange } from './queries';

const date = (at: string) => new Date(at).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const methods: Readonly<Record<string, string>> = { model: 'noted by the model', rules: 'noted by rules', hand: 'written by hand' };
const origin = (f: Fact) => [methods[f.source.method] ?? f.source.method, date(f.recordedAt), ...(f.validFrom === null ? [] : [`since ${date(f.validFrom)}`]), ...(f.validUntil === null ? [] : [`until ${date(f.validUntil)}`])].join(', ');

/** A fact in words, where it comes from, and what its owner can do with it. */
export function FactRow({ fact: f, next }: { fact: Fact; next?: Fact | undefined }) {
  const [open, setOpen] = useState<'correct' | 'erase'>();
  const confirm = useMemoryChange(() => memoryApi.confirm(f.scope, f.id));
  const forget = useForget();
  const old = f.status === 'superseded';
  return (
    <li className={css.fact} data-status={f.status}>
      <div className={css.words}>
        <p>{old ? <s>{f.text}</s> : f.text}</p>
        {next && <p className={css.next}>Now: {next.text}</p>}
        <p className={css.origin}>
          <span>{f.subject} <i aria-hidden>›</i> {f.predicate} <i aria-hidden>›</i> {f.object}</span>
          <span className="num">{origin(f)}</span>
          {typeof f.source.session === 'string' && <Link to={`/sessions/${f.source.session}`}>Conversation</Link>}
          {f.scope === 'tenant' && <Badge>shared</Badge>}
          {f.confidence < 0.5 && !old && <Badge kind="warn">not sure</Badge>}
        </p>
        {typeof f.source.quote === 'string' && f.source.quote !== '' && <blockquote>{f.source.quote}</blockquote>}
        {confirm.isError && <Failure error={confirm.error} />}
      </div>
      <div className={css.acts}>
        {f.status === 'proposed' && <button type="button" className={controls.button} disabled={confirm.isPending} onClick={() => { confirm.mutate(undefined); }} aria-label={`Confirm: ${f.text}`}><Check size={15} aria-hidden />Confirm</button>}
        {!old && <button type="button" className={controls.icon} onClick={() => { setOpen('correct'); }} aria-label={`Correct: ${f.text}`} title="Correct"><Pencil size={15} aria-hidden /></button>}
        <button type="button" className={controls.icon} onClick={() => { setOpen('erase'); }} aria-label={`Erase: ${f.text}`} title="Erase"><Trash2 size={15} aria-hidden /></button>
      </div>
      {open === 'correct' && <FactDialog scope={f.scope} fact={f} onClose={() => { setOpen(undefined); }} />}
      {open === 'erase' && (
        <Confirm title="Erase this fact?" act="Erase" acting="Erasing" run={() => memoryApi.erase(f.scope, f.id)} onClose={(done) => { setOpen(undefined); if (done) forget(); }}>
          “{f.text}” goes, with whatever it had replaced: it is as if it had never been told.
        </Confirm>
      )}
    </li>
  );
}
