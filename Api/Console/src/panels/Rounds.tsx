import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Panel } from '../api/panels';
import { useNow } from './queries';
import css from './Rounds.module.css';
import { hasEnded, type Room, type Round } from './room';
import { duration, left, phaseName } from './words';

const counted = (r: Round) => [Object.keys(r.said).length, Object.keys(r.deadlines).length] as const;

/** The panel's course so far, a step for each round: a press shows the seats as they were then. */
export function Rounds({ room, panel, picked }: { room: Room; panel: Panel; picked: Round | undefined }) {
  const latest = room.rounds.at(-1);
  const open = latest !== undefined && latest.closedAt === undefined && !hasEnded(room) ? latest : undefined;
  const shown = picked ?? latest;
  const strip = useRef<HTMLOListElement>(null);
  const count = room.rounds.length;
  useEffect(() => { if (strip.current) strip.current.scrollLeft = strip.current.scrollWidth; }, [count]);
  return (
    <section className={css.course} aria-label="Rounds">
      <h2 className="sr">Rounds</h2>
      {/* What scrolls must take focus for those who use a keyboard; its links do. */}
      <ol ref={strip} className={css.strip}>
        {room.rounds.map((r, i) => {
          const [said, invited] = counted(r);
          return (
            <li key={r.number} data-new={i > 0 && room.rounds[i - 1]?.cycle !== r.cycle ? true : undefined}>
              <Link to={r === latest ? '?view=room' : `?view=room&round=${r.number}`} replace preventScrollReset className={css.step} aria-current={r === shown ? 'step' : undefined} data-open={r === open || undefined}>
                <span className={css.bar} aria-hidden><i style={{ width: `${invited === 0 ? 0 : r.closedAt === undefined ? said / invited * 100 : 100}%` }} /></span>
                <b>{phaseName(r.phase)}</b>
                <small className="num"><span className="sr">Round {r.number}{panel.cycles > 1 && `, pass ${r.cycle}`}. </span>{said} of {invited}{r.closedAt !== undefined && ` in ${duration(r.openedAt, r.closedAt)}`}<span className="sr"> {r === open ? 'answered, open' : 'answered'}</span></small>
              </Link>
            </li>
          );
        })}
        {count === 0 && <li className={css.none}>{hasEnded(room) ? 'No round was opened.' : 'Convening. The first round opens in a moment.'}</li>}
      </ol>
      <Line open={open} picked={picked} latest={latest} room={room} />
    </section>
  );
}

/** In words what is happening, with what is left of the round. One line, always there, so that nothing below it moves. */
function Line({ open, picked, latest, room }: { open: Round | undefined; picked: Round | undefined; latest: Round | undefined; room: Room }) {
  const now = useNow(open !== undefined);
  const last = open && Object.entries(open.deadlines).filter(([s]) => open.said[s] === undefined && open.absent[s] === undefined).map(([, at]) => at).sort().at(-1);
  const outstanding = open ? counted(open)[1] - counted(open)[0] - Object.keys(open.absent).length : 0;
  return (
    <p className={css.line}>
      {picked && picked !== latest ? <><span>You are looking back at round {picked.number}.</span><Link to="?view=room" replace>{open ? 'Follow the panel' : 'Show the last round'}</Link></>
        : open ? <><span>Round {open.number}: {phaseName(open.phase).toLowerCase()}. {outstanding === 0 ? 'Everybody has spoken.' : `${outstanding} ${outstanding === 1 ? 'seat is' : 'seats are'} awaited`}</span>{last !== undefined && <span className={`num ${css.clock ?? ''}`} role="timer" aria-live="off">{left(last, now)} left</span>}</>
          : latest ? <span>{hasEnded(room) ? `The panel has ended after ${latest.number} ${latest.number === 1 ? 'round' : 'rounds'}.` : 'The round is closed; the next one opens.'}</span> : <span>&nbsp;</span>}
    </p>
  );
}
