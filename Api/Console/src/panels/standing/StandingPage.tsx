import { useQueryClient } from '@tanstack/react-query';
import { Gavel, MoreHorizontal, Pencil, Search, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useAgentName } from '../../agents/queries';
import { panelsApi, type Standing } from '../../api/panels';
import controls from '../../styles/controls.module.css';
import { Confirm } from '../../ui/Confirm';
import { Badge, DetailPage, Empty, Section, Wait } from '../../ui/DetailPage';
import { Menu } from '../../ui/Menu';
import { Failure } from '../../ui/Notice';
import { split } from '../../ui/Split';
import { useSettled } from '../../ui/useSettled';
import { usePrecedents, useRecord, useStanding } from '../queries';
import { decisionWords, percent, plain, protocolOf, rules } from '../words';
import css from './Standing.module.css';
import { StandingDialog } from './StandingDialog';

const back = { to: '/panels/standing', label: 'Back to the standing panels' };

export function StandingPage() {
  const { id = '' } = useParams();
  const standing = useStanding(id);
  if (standing.data) return <Page key={id} standing={standing.data} />;
  return <DetailPage title="Standing panel" back={back}>{standing.isError ? <Failure error={standing.error} retry={() => void standing.refetch()} /> : <Wait />}</DetailPage>;
}

function Page({ standing: s }: { standing: Standing }) {
  const nameOf = useAgentName();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [open, setOpen] = useState<'change' | 'remove'>();
  const rule = s.rule === null ? undefined : rules[s.rule]?.[0].toLowerCase() ?? s.rule;
  return (
    <DetailPage title={s.name} back={back} lead={[protocolOf(s.protocol).name, rule, `${s.agents.length} members`].filter(Boolean).join(', ')} actions={<>
      <Link to={`/panels/new?standing=${s.id}`} className={controls.primary}><Gavel size={15} aria-hidden />Convene</Link>
      <Menu label="Standing panel actions" className={controls.icon} trigger={<MoreHorizontal size={18} aria-hidden />} items={[
        { label: 'Change', icon: Pencil, onSelect: () => { setOpen('change'); } },
        { label: 'Dissolve', icon: Trash2, danger: true, onSelect: () => { setOpen('remove'); } },
      ]} />
    </>}>
      <Section title="Members"><ul className={css.members}>{s.agents.map((a) => <li key={a}><Link to={`/experts/is/${a}`}>{nameOf(a)}</Link></li>)}</ul></Section>
      <Precedents id={s.id} />
      <Record id={s.id} />
      {open === 'change' && <StandingDialog standing={s} onClose={() => { setOpen(undefined); }} />}
      {open === 'remove' && (
        <Confirm title={`Dissolve ${s.name}?`} act="Dissolve" acting="Dissolving" run={() => panelsApi.dissolve(s.id)} onClose={(done) => {
          setOpen(undefined);
          if (done) { void navigate('/panels/standing', { replace: true }); client.removeQueries({ queryKey: ['standing', s.id] }); void client.invalidateQueries({ queryKey: ['standing'] }); }
        }}>Its precedents and its members’ record go with it. The panels themselves stay as they are.</Confirm>
      )}
    </DetailPage>
  );
}

function Precedents({ id }: { id: string }) {
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim(), 250);
  const found = usePrecedents(id, q);
  return (
    <Section title="Precedents" hint="Outcomes that members are told of, when a question is like them."
      action={<div className={`${split.search} ${css.search ?? ''}`}><Search size={15} aria-hidden /><input type="search" value={typed} onChange={(e) => { setTyped(e.target.value); }} aria-label="Search precedents" placeholder="Which fit a question?" maxLength={8000} onKeyDown={(e) => { if (e.key === 'Escape') setTyped(''); }} /></div>}>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.data?.length === 0 && <Empty title={q === '' ? 'No precedents yet' : 'None fits'}>{q === '' ? 'The outcomes of this panel will stand here.' : 'No earlier outcome is about this.'}</Empty>}
      {found.data && found.data.length > 0 && (
        <ul className={css.precedents} aria-label="Precedents" aria-busy={found.isFetching}>
          {found.data.map((p) => (
            <li key={p.panelId}>
              <Link to={`/panels/in/${p.panelId}`}>{p.question}</Link>
              <p>{plain(p.answer)}</p>
              <small className="num"><Badge kind={decisionWords[p.decision][1]}>{decisionWords[p.decision][0]}</Badge>{p.agreement !== null && `${percent(p.agreement)} agreed`}<time dateTime={p.at}>{new Date(p.at).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' })}</time></small>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Record({ id }: { id: string }) {
  const record = useRecord(id);
  const nameOf = useAgentName();
  return (
    <Section title="Track record" hint="How often each member was right, by topic, as readers judged; it sets what the voice counts.">
      {record.isError && <Failure error={record.error} retry={() => void record.refetch()} />}
      {record.data?.length === 0 && <Empty title="No judgements yet">Rate a seat in the room or its outcome, and it counts here.</Empty>}
      {record.data && record.data.length > 0 && (
        <div className={css.wide} tabIndex={0} role="group" aria-label="Track record, as a table">
          <table className={css.record}>
            <caption className="sr">How often members were right, by topic</caption>
            <thead><tr><th scope="col">Member</th><th scope="col">Topic</th><th scope="col">Right</th><th scope="col">Wrong</th><th scope="col">Voice counts</th></tr></thead>
            <tbody>{record.data.map((r) => <tr key={`${r.agent}/${r.topic}`}><th scope="row">{nameOf(r.agent)}</th><td>{r.topic}</td><td className="num">{r.right}</td><td className="num">{r.wrong}</td><td className="num"><b>{r.weight.toFixed(2)}</b></td></tr>)}</tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
