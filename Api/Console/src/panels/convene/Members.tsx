import { useAgents } from '../../agents/queries';
import type { Convene } from '../../api/panels';
import controls from '../../styles/controls.module.css';
import { Field, FieldError } from '../../ui/Field';
import { ListField } from '../../ui/ListField';
import { Failure } from '../../ui/Notice';
import { useStandings } from '../queries';
import { protocolOf } from '../words';
import css from './Convene.module.css';
import { withStanding, type Draft, type Who } from './draft';

interface Props { readonly draft: Draft; readonly put: (change: Partial<Draft>) => void; readonly setDraft: (d: Draft) => void; readonly errors: Readonly<Partial<Record<keyof Convene, string>>> }

const ways: readonly (readonly [Who, string, string])[] = [
  ['compose', 'Compose for me', 'The experts who fit the question, each for something else.'],
  ['choose', 'Choose experts', 'You name them, in the order of their seats.'],
  ['standing', 'A standing panel', 'Its members, with what they decided before.'],
];

export function Members({ draft: d, put, setDraft, errors }: Props) {
  const standings = useStandings();
  const protocol = protocolOf(d.protocol);
  return (
    <>
      <fieldset className={css.who}>
        <legend>Who sits on it</legend>
        {ways.filter(([w]) => w !== 'standing' || (standings.data?.length ?? 0) > 0).map(([w, name, words]) => (
          <label key={w} className={css.card}><input type="radio" name="who" checked={d.who === w} onChange={() => { put({ who: w }); }} /><b>{name}</b><span>{words}</span></label>
        ))}
      </fieldset>
      {d.who === 'choose' && <AgentPicker picked={d.agents} onChange={(agents) => { put({ agents }); }} hint={protocol.seats} />}
      {d.who === 'standing' && (
        <Field label="Standing panel" error={errors.standing}>{(f) => (
          <select id={f} className={controls.field} value={d.standing} onChange={(e) => { const s = standings.data?.find((x) => x.id === e.target.value); if (s) setDraft(withStanding(d, s)); else put({ standing: '' }); }}>
            <option value="">Choose one</option>{standings.data?.map((s) => <option key={s.id} value={s.id}>{s.name}</option>)}
          </select>
        )}</Field>
      )}
      <FieldError>{errors.agents}</FieldError>
      <ListField label="People" hint="Each takes a seat after the experts, and is asked here in the room." error={errors.people} items={d.people} onChange={(people) => { put({ people }); }} add="Add a person" placeholder="Name" />
    </>
  );
}

/** Experts as boxes; the number is the seat. */
export function AgentPicker({ picked, onChange, hint }: { picked: readonly string[]; onChange: (ids: readonly string[]) => void; hint?: string | undefined }) {
  const agents = useAgents();
  if (agents.isError) return <Failure error={agents.error} retry={() => void agents.refetch()} />;
  return (
    <fieldset className={css.agents} aria-busy={agents.isPending}>
      <legend>Experts{hint !== undefined && <small>{hint}</small>}</legend>
      {agents.data?.map((a) => {
        const at = picked.indexOf(a.id);
        return (
          <label key={a.id} className={css.agent}>
            <input type="checkbox" checked={at >= 0} disabled={at < 0 && picked.length >= 12} onChange={() => { onChange(at >= 0 ? picked.filter((x) => x !== a.id) : [...picked, a.id]); }} />
            <span className={css.seat} aria-hidden>{at >= 0 ? at + 1 : ''}</span>
            <span><b>{a.name}</b><small>{a.domains.slice(0, 3).join(', ')}</small></span>{at >= 0 && <span className="sr">, seat {at + 1}</span>}
          </label>
        );
      })}
    </fieldset>
  );
}
