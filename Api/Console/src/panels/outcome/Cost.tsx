import type { Panel, PanelOutcome } from '../../api/panels';
import { money } from '../../chat/outcome';
import { duration, phaseName, tokens } from '../words';
import css from './Cost.module.css';

const both = (u: { inputTokens: number; outputTokens: number }) => u.inputTokens + u.outputTokens;

/** What each seat spent, and how long each round took. */
export function Cost({ panel, outcome: o, nameOf }: { panel: Panel; outcome: PanelOutcome; nameOf: (seat: string) => string }) {
  const most = Math.max(1, ...o.cost.seats.map((s) => both(s.usage)));
  const begin = Date.parse(o.timeline[0]?.openedAt ?? panel.convenedAt), end = Date.parse(o.timeline.at(-1)?.closedAt ?? panel.endedAt ?? panel.convenedAt), whole = Math.max(1, end - begin);
  return (
    <div className={css.both}>
      <div>
        <h3>{tokens(both(o.cost.total))}{o.cost.total.microUsd !== undefined && `, ${money(o.cost.total.microUsd)}`}</h3>
        <table className={css.table}>
          <caption className="sr">Tokens by seat</caption>
          <thead className="sr"><tr><th scope="col">Seat</th><th scope="col">Answers</th><th scope="col">Tokens</th></tr></thead>
          <tbody>{o.cost.seats.map((s) => <tr key={s.seat}><th scope="row">{nameOf(s.seat)}<i aria-hidden className={css.bar}><i style={{ width: `${both(s.usage) / most * 100}%` }} /></i></th><td className="num">{s.answers} {s.answers === 1 ? 'answer' : 'answers'}</td><td className="num">{both(s.usage).toLocaleString('en')}</td></tr>)}</tbody>
        </table>
      </div>
      <div>
        <h3>{duration(new Date(begin).toISOString(), new Date(end).toISOString())} in {o.timeline.length} {o.timeline.length === 1 ? 'round' : 'rounds'}</h3>
        <table className={css.table}>
          <caption className="sr">Rounds, who answered, and how long they took</caption>
          <thead className="sr"><tr><th scope="col">Round</th><th scope="col">Answered</th><th scope="col">Time</th></tr></thead>
          <tbody>{o.timeline.map((m) => <tr key={m.round}><th scope="row">{m.round}. {phaseName(m.phase)}<i aria-hidden className={css.bar}><i style={{ marginLeft: `${(Date.parse(m.openedAt) - begin) / whole * 100}%`, width: `max(3px, ${(Date.parse(m.closedAt) - Date.parse(m.openedAt)) / whole * 100}%)` }} /></i></th><td className="num">{m.answered} of {m.invited}</td><td className="num">{duration(m.openedAt, m.closedAt)}</td></tr>)}</tbody>
        </table>
      </div>
    </div>
  );
}
