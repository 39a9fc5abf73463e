import { useMutation } from '@tanstack/react-query';
import { ArrowUp, CornerDownRight } from 'lucide-react';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { panelsApi, type Panel, type PanelOutcome, type SeatBrief } from '../api/panels';
import { useDraft } from '../chat/drafts';
import controls from '../styles/controls.module.css';
import { Failure, Note } from '../ui/Notice';
import { AnswerSheet } from './person/AnswerSheet';
import css from './Dock.module.css';
import { useNow } from './queries';
import type { Room } from './room';
import { decisionWords, left, phaseName } from './words';

/** What a person can do now: speak for a seat, steer, or read what came of it. */
export function Dock({ panel, room, over, outcome, ending }: { panel: Panel; room: Room; over: boolean; outcome: PanelOutcome | undefined; ending: string | undefined }) {
  const [answering, setAnswering] = useState<string>();
  const asks = over ? [] : panel.asks.filter((a) => { const r = room.rounds.find((x) => x.number === a.round); return r === undefined || (r.said[a.seat] === undefined && r.absent[a.seat] === undefined); });
  const ask = asks.find((a) => a.messageId === answering);
  return (
    <section className={css.dock} aria-label="Take part">
      <div className={css.column}>
        {asks.map((a) => <Asked key={a.messageId} ask={a} name={panel.seats.find((s) => s.id === a.seat)?.name ?? a.seat} speak={() => { setAnswering(a.messageId); }} />)}
        {outcome && <div className={css.done}><span><b>{decisionWords[outcome.decision][0]}.</b> The panel has ended, and its outcome is there.</span><Link to="?view=outcome" className={controls.primary}>See the outcome</Link></div>}
        {ending !== undefined && <Note kind="warn">{ending}</Note>}
        {!over && <Steer panel={panel} room={room} />}
      </div>
      {ask && <AnswerSheet key={ask.messageId} panel={panel} ask={ask} onClose={() => { setAnswering(undefined); }} />}
    </section>
  );
}

function Asked({ ask, name, speak }: { ask: SeatBrief; name: string; speak: () => void }) {
  const now = useNow(true);
  return (
    <div className={css.asked}>
      <span><b>{name}</b> is asked: {phaseName(ask.phase).toLowerCase()}, round {ask.round}</span>
      <span className={`num ${css.clock ?? ''}`} role="timer" aria-live="off">{left(ask.deadline, now)} left</span>
      <button type="button" className={controls.primary} onClick={speak}>Answer for {name}</button>
    </div>
  );
}

function Steer({ panel, room }: { panel: Panel; room: Room }) {
  const id = useId();
  const [text, setText] = useDraft(`steer.${panel.id}`);
  // One key for one remark: sent again after a failure, it is not said twice.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const steer = useMutation({ mutationFn: () => panelsApi.steer(panel.id, text.trim(), key), onSuccess: () => { setText(''); setKey(crypto.randomUUID()); } });
  const send = () => { if (text.trim() !== '' && !steer.isPending) steer.mutate(); };
  const said = room.steering;
  return (
    <form className={css.steer} onSubmit={(e) => { e.preventDefault(); send(); }}>
      {said.length > 0 && <ul aria-label="What the panel was told">{said.slice(-3).map((s) => <li key={s.at + s.text}><CornerDownRight size={13} aria-hidden /><span>{s.text}</span><small className="num">{s.afterRound === 0 ? 'from the start' : `from round ${s.afterRound + 1}`}</small></li>)}</ul>}
      {steer.isError && <Failure error={steer.error} />}
      <div className={css.box}>
        <label htmlFor={id} className="sr">Steer the panel</label>
        <textarea id={id} rows={1} maxLength={2000} value={text} placeholder="Steer the panel from the next round on" onChange={(e) => { setText(e.target.value); }}
          onKeyDown={(e) => { if (e.key === 'Enter' && !e.shiftKey && !e.nativeEvent.isComposing) { e.preventDefault(); send(); } }} />
        <button type="submit" disabled={text.trim() === '' || steer.isPending} aria-label={steer.isPending ? 'Sending' : 'Steer'}><ArrowUp size={17} aria-hidden /></button>
      </div>
    </form>
  );
}
