import { useAgents } from '../../agents/queries';
import type { Convene } from '../../api/panels';
import controls from '../../styles/controls.module.css';
import { Field } from '../../ui/Field';
import { ListField } from '../../ui/ListField';
import { protocolOf, rules } from '../words';
import css from './Convene.module.css';
import type { Draft } from './draft';

interface Props { readonly draft: Draft; readonly put: (change: Partial<Draft>) => void; readonly errors: Readonly<Partial<Record<keyof Convene, string>>> }

/** What this protocol can be told, and what every panel can: how long, and how much. */
export function Ways({ draft: d, put, errors }: Props) {
  const p = protocolOf(d.protocol), agents = useAgents();
  const set = (key: keyof Draft) => (e: { target: { value: string } }) => { put({ [key]: e.target.value }); };
  const count = (key: 'rounds' | 'threshold' | 'seatSeconds' | 'personMinutes' | 'seatTokens' | 'quorum', field: keyof Convene, label: string, more: { min: number; max: number; hint?: string; placeholder?: string; step?: number }) => (
    <Field label={label} hint={more.hint} error={errors[field]}>{(f) => <input id={f} type="number" className={`${controls.field ?? ''} num`} min={more.min} max={more.max} step={more.step ?? 1} placeholder={more.placeholder} value={d[key]} onChange={set(key)} />}</Field>
  );
  const hasMore = Boolean(errors.seatSeconds ?? errors.personSeconds ?? errors.seatTokens ?? errors.quorum);
  const hasPeople = d.people.some((x) => x.trim() !== '');
  return (
    <>
      {d.protocol === 'vote' && (
        <>
          <fieldset className={css.rules}>
            <legend>How votes are counted</legend>
            {Object.entries(rules).map(([id, [name, words]]) => <label key={id} className={css.card}><input type="radio" name="rule" checked={d.rule === id} onChange={() => { put({ rule: id }); }} /><b>{name}</b><span>{words}</span></label>)}
          </fieldset>
          <ListField label="Options" hint="What to vote on. Without any, the panel votes on its own drafts." error={errors.options ?? errors.rule} items={d.options} onChange={(options) => { put({ options }); }} add="Add an option" placeholder="An option in a sentence" />
        </>
      )}
      {d.protocol === 'review' && (
        <>
          <Field label="Text to review" hint="Without one, the first expert writes it." error={errors.subject}>{(f) => <textarea id={f} className={controls.field} rows={5} value={d.subject} onChange={set('subject')} />}</Field>
          <ListField label="Criteria" hint="Judged from 1 to 5. Without any, the protocol’s own." error={errors.criteria} items={d.criteria} onChange={(criteria) => { put({ criteria }); }} add="Add a criterion" placeholder="Such as clarity" />
        </>
      )}
      <div className={css.row}>
        {p.cycles !== undefined && count('rounds', 'rounds', p.cycles, { min: 1, max: 6, placeholder: 'As the protocol has it' })}
        {p.threshold !== undefined && count('threshold', 'threshold', `${p.threshold}, per cent`, { min: 50, max: 100, step: 5, placeholder: 'As the protocol has it' })}
        {p.chair !== undefined && (
          <Field label={p.chair} error={errors.chair}>{(f) => <select id={f} className={controls.field} value={d.chair} onChange={set('chair')}><option value="">The weightiest member’s expert</option>{agents.data?.map((a) => <option key={a.id} value={a.id}>{a.name}</option>)}</select>}</Field>
        )}
      </div>
      <details className={css.more} open={hasMore || undefined}>
        <summary>Time, cost and quorum</summary>
        <div className={css.row}>
          {count('seatSeconds', 'seatSeconds', 'Seconds for an expert’s turn', { min: 1, max: 600, placeholder: '60' })}
          {hasPeople && count('personMinutes', 'personSeconds', 'Minutes for a person’s turn', { min: 1, max: 10_080, placeholder: '60' })}
          {count('seatTokens', 'seatTokens', 'Tokens a seat may spend', { min: 1, max: 100_000_000, placeholder: 'No bound' })}
          {count('quorum', 'quorum', 'Quorum', { min: 1, max: 12, placeholder: 'More than half', hint: 'Seats that must answer a round.' })}
        </div>
      </details>
    </>
  );
}
