import { Landmark, Plus } from 'lucide-react';
import { Link, NavLink } from 'react-router';
import type { PanelSummary } from '../api/panels';
import { shortTime } from '../sessions/when';
import { Badge } from '../ui/DetailPage';
import { NextPage } from '../ui/NextPage';
import { Failure } from '../ui/Notice';
import { Pane, PaneWait, Split, split } from '../ui/Split';
import css from './Panels.module.css';
import { usePanels } from './queries';
import { protocolOf, stateWords } from './words';

function Row({ panel: p, now }: { panel: PanelSummary; now: Date }) {
  const [state, kind] = stateWords(p.status, p.decision);
  return (
    <li>
      <NavLink to={`/panels/in/${p.id}`} className={split.row}>
        <span className={split.line}><b>{p.question}</b><small className="num">{shortTime(p.convenedAt, now)}</small></span>
        <span className={css.under}>{protocolOf(p.protocol).name}, {p.seats} seats{p.status === 'running' ? <span className={css.live}><i aria-hidden />{state}</span> : <Badge {...(kind === undefined ? {} : { kind })}>{state}</Badge>}</span>
      </NavLink>
    </li>
  );
}

export function Panels() {
  const list = usePanels();
  const panels = list.data?.pages.flatMap((p) => p.items) ?? [];
  const now = new Date();
  return (
    <Split root="/panels" list={(alone) => (
      <Pane label="Panels" alone={alone} busy={list.isFetching}
        action={<Link to="/panels/new" className={`${split.new} ${css.new ?? ''}`} aria-label="New panel"><Plus size={16} aria-hidden />New</Link>}
        tools={<NavLink to="/panels/standing" className={split.jump}><Landmark size={16} aria-hidden />Standing panels</NavLink>}>
        {list.isPending && <PaneWait />}
        {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && panels.length === 0 && <p className={split.none}><strong>No panels yet</strong>Several experts on one question, by rules that you choose.</p>}
        <ul aria-label="Panels">{panels.map((p) => <Row key={p.id} panel={p} now={now} />)}</ul>
        {list.hasNextPage && <NextPage busy={list.isFetchingNextPage} load={() => void list.fetchNextPage()} />}
      </Pane>
    )} />
  );
}
