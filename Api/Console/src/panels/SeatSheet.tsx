import { X } from 'lucide-react';
import { useId } from 'react';
import { Link } from 'react-router';
import type { Panel, PanelSeat } from '../api/panels';
import { SourcesContext } from '../chat/Cite';
import { Thumbs } from '../feedback/Thumbs';
import controls from '../styles/controls.module.css';
import { Sheet } from '../ui/Dialog';
import { Failure } from '../ui/Notice';
import { Mark } from './SeatCard';
import { useNotes } from './queries';
import { isPerson, type Room, type Said } from './room';
import { SaidBody, Sure, useSources } from './SaidBody';
import css from './SeatSheet.module.css';
import { absenceWords, phaseName, roleName, tokens } from './words';

function Turn({ words }: { words: Said }) {
  return (
    <SourcesContext value={useSources(words.said.citations)}>
      {words.said.stance != null && <p className={css.stance}>{words.said.stance}</p>}
      <SaidBody words={words} />
      <footer className={css.foot}>{words.said.confidence != null && <Sure value={words.said.confidence} calibrated={words.said.isCalibrated === true} />}<span className="num">{words.model !== null && `${words.model}, `}{tokens(words.usage.inputTokens + words.usage.outputTokens)}</span></footer>
    </SourcesContext>
  );
}

/** Everything that a seat said, round by round, and what it noted for itself: no other seat is shown that. */
export function SeatSheet({ panel, room, seat, onClose }: { panel: Panel; room: Room; seat: PanelSeat; onClose: () => void }) {
  const id = useId();
  const rounds = room.rounds.filter((r) => r.said[seat.id] ?? r.absent[seat.id]);
  return (
    <Sheet labelledBy={id} onClose={onClose}>
      <header className={css.head}>
        <Mark seat={seat} />
        <div><h2 id={id}>{seat.name}</h2><p>{roleName(seat.role)}, <span className="num">weight {seat.weight.toFixed(2)}</span>{seat.agent !== null && <>, <Link to={`/experts/is/${seat.agent}`}>about this expert</Link></>}</p></div>
        <Thumbs target={{ type: 'panel_turn', id: panel.runId, part: seat.id }} what="seat" />
        <button type="button" className={controls.icon} aria-label="Close" onClick={onClose}><X size={18} aria-hidden /></button>
      </header>
      <div className={css.body} tabIndex={0} role="region" aria-label={`Everything from ${seat.name}`}>
        {rounds.length === 0 && <p className={css.none}>Nothing has been said from this seat yet.</p>}
        {rounds.map((r) => {
          const words = r.said[seat.id], missing = r.absent[seat.id];
          return (
            <section key={r.number} className={css.round} aria-label={`Round ${r.number}`}>
              <h3>Round {r.number}, {phaseName(r.phase).toLowerCase()}</h3>
              {words ? <Turn words={words} /> : missing && <p className={css.none}>{absenceWords(missing.reason)}.{missing.error !== undefined && ` ${missing.error}.`}</p>}
            </section>
          );
        })}
        {!isPerson(seat) && <Notes panel={panel} seat={seat} round={rounds.at(-1)?.number ?? 0} />}
      </div>
    </Sheet>
  );
}

function Notes({ panel, seat, round }: { panel: Panel; seat: PanelSeat; round: number }) {
  const notes = useNotes(panel.id, seat.id, round);
  if (notes.isError) return <Failure error={notes.error} retry={() => void notes.refetch()} />;
  if (!notes.data || notes.data.notes.length === 0) return null;
  return (
    <section className={css.round} aria-label="Notes">
      <h3>Its own notes</h3>
      <p className={css.hint}>What it kept for itself. No other seat was shown this.</p>
      {notes.data.notes.map((n) => (
        <div key={n.round} className={css.memo}>
          <b>Round {n.round}, {phaseName(n.phase).toLowerCase()}</b>
          <p>{n.text}</p>
          {n.sources.length > 0 && <p className={css.hint}>Read: {n.sources.join('; ')}</p>}
        </div>
      ))}
    </section>
  );
}
