import { useQueryClient } from '@tanstack/react-query';
import { Ban, MoreHorizontal, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { panelsApi, type Panel } from '../api/panels';
import { Problem } from '../api/problem';
import type { Citation } from '../api/types';
import { SourcesContext } from '../chat/Cite';
import { DocumentSheet } from '../knowledge/DocumentSheet';
import controls from '../styles/controls.module.css';
import { Confirm } from '../ui/Confirm';
import { Badge, DetailPage, Empty, Wait } from '../ui/DetailPage';
import { Menu } from '../ui/Menu';
import { Failure } from '../ui/Notice';
import { StreamState } from '../ui/StreamState';
import { Dock } from './Dock';
import { Outcome } from './outcome/Outcome';
import { usePanel, usePanelFollowing } from './queries';
import { hasEnded, type Room } from './room';
import css from './PanelRoom.module.css';
import { Question } from './Question';
import { Rounds } from './Rounds';
import { OptionsContext } from './SaidBody';
import { Seats } from './Seats';
import { SeatSheet } from './SeatSheet';
import { endWords, protocolOf, rules, stateWords } from './words';

const back = { to: '/panels', label: 'Back to the panels' };

export function PanelRoom() {
  const { id = '' } = useParams();
  return <Entrance key={id} id={id} />;
}

function Entrance({ id }: { id: string }) {
  const { view } = usePanelFollowing(id);
  const panel = usePanel(id);
  if (panel.data) return <InRoom panel={panel.data} room={view.state} link={view.link} failure={view.failure} />;
  const failure = view.failure ?? panel.error;
  return (
    <DetailPage title="Panel" back={back}>
      {failure instanceof Problem && failure.status === 404 ? <Empty title="No such panel">It may have been deleted. Choose another, or <Link to="/panels/new">convene one</Link>.</Empty>
        : failure != null ? <Failure error={failure} retry={() => { window.location.reload(); }} /> : <Wait />}
    </DetailPage>
  );
}

function InRoom({ panel, room, link, failure }: { panel: Panel; room: Room; link: Parameters<typeof StreamState>[0]['link']; failure: unknown }) {
  const [params] = useSearchParams();
  // Who comes to a panel that has ended wants the outcome; who sat through it is not moved.
  const [cameLate] = useState(panel.outcome !== null);
  const [source, setSource] = useState<Citation>();
  const [opened, setOpened] = useState<string>();
  const outcome = panel.outcome ?? room.outcome;
  const view = outcome ? params.get('view') ?? (cameLate ? 'outcome' : 'room') : 'room';
  const picked = room.rounds.find((r) => r.number === Number(params.get('round')));
  const sources = useMemo(() => ({ citations: [], open: setSource }), []);
  const options = useMemo(() => new Map((outcome?.rule.options ?? panel.asks.find((a) => a.options.length > 0)?.options ?? []).map((o) => [o.label, o.text])), [outcome, panel.asks]);
  const over = hasEnded(room) || hasEnded(panel);
  const status = over && !hasEnded(panel) ? room.status : panel.status;
  const [state, kind] = stateWords(status, outcome?.decision);
  const rule = panel.rule === null ? undefined : (rules[panel.rule]?.[0] ?? panel.rule).toLowerCase();
  const seat = panel.seats.find((s) => s.id === opened);

  return (
    <SourcesContext value={sources}><OptionsContext value={options}>
      <div className={css.page} data-over={over || undefined}>
        <DetailPage title={panel.question} back={back} lead={[protocolOf(panel.protocol).name, rule, `${panel.seats.length} seats`].filter(Boolean).join(', ')}
          actions={<>{over ? <Badge {...(kind === undefined ? {} : { kind })}>{state}</Badge> : <StreamState link={link} busy />}<Actions panel={panel} over={over} /></>}>
          {failure !== undefined && <div className={css.note}><Failure error={failure} retry={() => { window.location.reload(); }} /></div>}
          <Question panel={panel} />
          {/* There from the beginning, so that an outcome that arrives moves nothing. */}
          <nav aria-label="View" className={css.tabs}>
            <Link to="?view=room" replace aria-current={view === 'room' ? 'page' : undefined}>Room</Link>
            {outcome ? <Link to="?view=outcome" replace aria-current={view === 'outcome' ? 'page' : undefined}>Outcome</Link> : <span title="There is none yet">Outcome</span>}
          </nav>
          {view === 'outcome' && outcome ? <Outcome panel={panel} outcome={outcome} /> : <>
            <Rounds room={room} panel={panel} picked={picked} />
            <Seats room={room} panel={panel} picked={picked} open={setOpened} />
          </>}
        </DetailPage>
        {view === 'room' && <Dock panel={panel} room={room} over={over} outcome={outcome} ending={endWords[status] === undefined ? undefined : `${endWords[status]} ${panel.error?.message ?? room.reason ?? ''}`} />}
        <p className="sr" role="status">{over ? `The panel has ended: ${state}` : ''}</p>
      </div>
      {seat && <SeatSheet panel={panel} room={room} seat={seat} onClose={() => { setOpened(undefined); }} />}
      {source !== undefined && <DocumentSheet id={source.documentId ?? ''} title={source.title} place={source} onClose={() => { setSource(undefined); }} />}
    </OptionsContext></SourcesContext>
  );
}

function Actions({ panel, over }: { panel: Panel; over: boolean }) {
  const [asking, setAsking] = useState<'cancel' | 'remove'>();
  const navigate = useNavigate();
  const client = useQueryClient();
  const done = (did: boolean) => {
    setAsking(undefined);
    if (!did) return;
    void client.invalidateQueries({ queryKey: ['panels', 'list'] });
    if (asking === 'remove') void navigate('/panels', { replace: true });
  };
  return (
    <>
      <Menu label="Panel actions" className={controls.icon} trigger={<MoreHorizontal size={18} aria-hidden />} items={[
        ...(over ? [] : [{ label: 'Cancel the panel', icon: Ban, onSelect: () => { setAsking('cancel'); } }]),
        { label: 'Delete', icon: Trash2, danger: true, onSelect: () => { setAsking('remove'); } },
      ]} />
      {asking === 'cancel' && <Confirm title="Cancel this panel?" keep="Let it go on" act="Cancel the panel" acting="Cancelling" run={() => panelsApi.cancel(panel.id)} onClose={done}>Whoever is speaking stops, and there will be no outcome. What was said so far stays readable.</Confirm>}
      {asking === 'remove' && <Confirm title="Delete this panel?" act="Delete" acting="Deleting" run={() => panelsApi.remove(panel.id)} onClose={done}>What was said, the outcome and the seats’ notes are removed for everyone. This cannot be undone.</Confirm>}
    </>
  );
}
