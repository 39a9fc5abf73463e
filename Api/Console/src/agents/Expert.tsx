import { MessageSquarePlus } from 'lucide-react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Agent } from '../api/types';
import { Calibration } from '../feedback/Calibration';
import controls from '../styles/controls.module.css';
import { Badge, DetailPage, Empty, Section, Wait } from '../ui/DetailPage';
import { Failure } from '../ui/Notice';
import { Signals } from '../ui/Signals';
import css from './Expert.module.css';
import { useExpertSearch } from './Experts';
import { useAgents } from './queries';

const back = { to: '/experts', label: 'Back to the experts' };

export function Expert() {
  const { id = '' } = useParams();
  const agents = useAgents();
  const agent = agents.data?.find((a) => a.id === id);
  if (agent) return <Page key={id} agent={agent} />;
  return (
    <DetailPage title="Expert" back={back}>
      {agents.isError ? <Failure error={agents.error} retry={() => void agents.refetch()} /> : agents.isPending ? <Wait /> : <Empty title="No such expert">It may have been taken out of use.</Empty>}
    </DetailPage>
  );
}

function Page({ agent: a }: { agent: Agent }) {
  const [params] = useSearchParams();
  const q = params.get('q') ?? '';
  const facts: readonly [string, readonly string[] | undefined][] = [
    ['Domains', a.domains], ['Skills', a.skills], ['Languages', a.languages], ['Jurisdictions', a.jurisdictions?.map((j) => j.toUpperCase())], ['Tools', a.tools],
  ];
  return (
    <DetailPage title={a.name} lead={`${a.id}${a.version === undefined ? '' : `, version ${a.version}`}`} back={back}
      actions={<Link to={`/sessions/new?expert=${a.id}`} className={controls.primary}><MessageSquarePlus size={15} aria-hidden />Ask</Link>}>
      <p className={css.about}>{a.description}</p>
      {q !== '' && <Found id={a.id} q={q} />}
      <dl className={css.facts}>
        {facts.map(([k, v]) => v !== undefined && v.length > 0 && <div key={k}><dt>{k}</dt><dd>{v.map((x) => <Badge key={x}>{x}</Badge>)}</dd></div>)}
        {a.collections !== undefined && a.collections.length > 0 && <div><dt>Knowledge</dt><dd>{a.collections.map((c) => <Link key={c} to={`/knowledge/in/${c}`}>{c}</Link>)}</dd></div>}
      </dl>
      {(a.exampleQuestions?.length ?? 0) > 0 && <Section title="Can answer"><ul className={css.list}>{a.exampleQuestions?.map((e) => <li key={e}>{e}</li>)}</ul></Section>}
      {(a.exclusions?.length ?? 0) > 0 && <Section title="Does not answer"><ul className={css.list}>{a.exclusions?.map((e) => <li key={e}>{e}</li>)}</ul></Section>}
      <Calibration agent={a.id} />
    </DetailPage>
  );
}

function Found({ id, q }: { id: string; q: string }) {
  const hit = useExpertSearch(q).data?.items.find((h) => h.agent === id);
  if (!hit) return null;
  return (
    <div className={css.found}>
      <strong>Found for “{q}”</strong>
      {hit.matched.length > 0 && <p>Matched {hit.matched.map((m) => <Badge key={m}>{m}</Badge>)}</p>}
      <Signals values={{ score: hit.score, ...hit.explain }} most={(name) => /rank/i.test(name) ? 20 : Math.max(1, hit.explain[name] ?? 0)} />
    </div>
  );
}
