import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { panelsApi, type ProtocolId, type Standing, type StandingDraft } from '../../api/panels';
import controls from '../../styles/controls.module.css';
import { DialogActions, TitledDialog } from '../../ui/Dialog';
import { Field, FieldError } from '../../ui/Field';
import { ListField } from '../../ui/ListField';
import { Failure } from '../../ui/Notice';
import { slug } from '../../ui/saveFile';
import { errorsOf } from '../convene/draft';
import { AgentPicker } from '../convene/Members';
import { protocolOf, protocols, rules } from '../words';
import css from './Standing.module.css';

/** Founds a standing panel, or changes one. */
export function StandingDialog({ standing: s, onClose }: { standing?: Standing; onClose: (id?: string) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(s?.name ?? '');
  const [agents, setAgents] = useState<readonly string[]>(s?.agents ?? []);
  const [protocol, setProtocol] = useState<ProtocolId>(s?.protocol ?? 'consensus');
  const [rule, setRule] = useState(s?.rule ?? 'majority');
  const [rounds, setRounds] = useState(s?.cycles == null ? '' : String(s.cycles));
  const [criteria, setCriteria] = useState<readonly string[]>(s?.criteria ?? []);
  const save = useMutation({
    mutationFn: () => {
      const lines = criteria.map((c) => c.trim()).filter((c) => c !== '');
      const body: StandingDraft = { name: name.trim(), agents, protocol, ...(protocol === 'vote' ? { rule } : {}), ...(rounds === '' ? {} : { rounds: Number(rounds) }), ...(protocol === 'review' && lines.length > 0 ? { criteria: lines } : {}) };
      return s ? panelsApi.change(s.id, body) : panelsApi.found({ id: slug(name), ...body });
    },
    onSuccess: (kept) => { void client.invalidateQueries({ queryKey: ['standing'] }); onClose(kept.id); },
  });
  const errors = errorsOf(save.error) as Readonly<Record<string, string | undefined>>;
  const passes = protocolOf(protocol).cycles;
  return (
    <TitledDialog title={s ? `Change ${s.name}` : 'Found a standing panel'} onClose={() => { onClose(); }}>
      <form className={css.form} onSubmit={(e) => { e.preventDefault(); save.mutate(); }}>
        <Field label="Name" error={errors.name}>{(f) => <input id={f} className={controls.field} value={name} maxLength={120} required autoFocus onChange={(e) => { setName(e.target.value); }} />}</Field>
        <AgentPicker picked={agents} onChange={setAgents} />
        <FieldError>{errors.agents}</FieldError>
        <Field label="Protocol" hint={protocolOf(protocol).sentence} error={errors.protocol}>{(f) => <select id={f} className={controls.field} value={protocol} onChange={(e) => { setProtocol(e.target.value as ProtocolId); }}>{protocols.map((p) => <option key={p.id} value={p.id}>{p.name}</option>)}</select>}</Field>
        {protocol === 'vote' && <Field label="How votes are counted" error={errors.rule}>{(f) => <select id={f} className={controls.field} value={rule} onChange={(e) => { setRule(e.target.value); }}>{Object.entries(rules).map(([id, [label]]) => <option key={id} value={id}>{label}</option>)}</select>}</Field>}
        {passes !== undefined && <Field label={passes} error={errors.rounds}>{(f) => <input id={f} type="number" min={1} max={6} className={controls.field} value={rounds} placeholder="As the protocol has it" onChange={(e) => { setRounds(e.target.value); }} />}</Field>}
        {protocol === 'review' && <ListField label="Criteria" error={errors.criteria} items={criteria} onChange={setCriteria} add="Add a criterion" />}
        {save.isError && <Failure error={save.error} />}
        <DialogActions>
          <button type="button" className={controls.button} onClick={() => { onClose(); }}>Cancel</button>
          <button type="submit" className={controls.primary} disabled={name.trim() === '' || agents.length < 2 || save.isPending}>{save.isPending ? 'Saving' : s ? 'Save' : 'Found it'}</button>
        </DialogActions>
      </form>
    </TitledDialog>
  );
}
