import { Landmark, Plus } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useAgentName } from '../../agents/queries';
import controls from '../../styles/controls.module.css';
import { DetailPage, Empty, Wait } from '../../ui/DetailPage';
import { Failure } from '../../ui/Notice';
import { useStandings } from '../queries';
import { protocolOf } from '../words';
import css from './Standing.module.css';
import { StandingDialog } from './StandingDialog';

/** Panels that last: the same members, who remember what they decided and how often they were right. */
export function Standings() {
  const list = useStandings();
  const nameOf = useAgentName();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  return (
    <DetailPage title="Standing panels" lead="The same members, with what they decided before" back={{ to: '/panels', label: 'Back to the panels' }}
      actions={<button type="button" className={controls.primary} onClick={() => { setAdding(true); }}><Plus size={15} aria-hidden />Found one</button>}>
      {list.isPending && <Wait />}
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.data?.length === 0 && <Empty title="No standing panels yet">Found one for questions that come again: it keeps its outcomes as precedents, and learns from your judgements whose voice counts on which topic.</Empty>}
      {list.data && list.data.length > 0 && (
        <ul className={css.list}>
          {list.data.map((s) => (
            <li key={s.id}>
              <Link to={`/panels/standing/${s.id}`}>
                <Landmark size={17} aria-hidden /><span><b>{s.name}</b><small>{s.agents.map(nameOf).join(', ')}</small></span>
                <small className="num">{protocolOf(s.protocol).name}, {s.precedents} {s.precedents === 1 ? 'precedent' : 'precedents'}</small>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {adding && <StandingDialog onClose={(id) => { setAdding(false); if (id !== undefined) void navigate(`/panels/standing/${id}`); }} />}
    </DetailPage>
  );
}
