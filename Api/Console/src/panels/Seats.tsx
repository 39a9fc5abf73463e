import type { Panel } from '../api/panels';
import { lastBefore, stanceBefore, standingOf, type Room, type Round } from './room';
import { SeatCard } from './SeatCard';
import css from './Seats.module.css';

/** A card for each seat, in the order of the seats: nobody's place changes while they speak. */
export function Seats({ room, panel, picked, open }: { room: Room; panel: Panel; picked: Round | undefined; open: (seat: string) => void }) {
  const round = picked ?? room.rounds.at(-1);
  const seats = room.seats.length > 0 ? room.seats : panel.seats;
  return (
    <section aria-label="Seats">
      <h2 className="sr">Seats</h2>
      <div className={css.grid} data-three={seats.length % 3 === 0 || seats.length === 5 || undefined}>
        {seats.map((s) => (
          <SeatCard key={s.id} seat={s} round={round} standing={standingOf(room, s.id, round)} earlier={round && lastBefore(room, s.id, round.number)} stance={round && stanceBefore(room, s.id, round.number)} spent={room.spent[s.id]} runId={panel.runId} open={open} />
        ))}
      </div>
    </section>
  );
}
