import type { PanelRule } from '../../api/panels';
import { percent } from '../words';
import css from './RuleNumbers.module.css';

/** The positions as groups of those who agree, by weight, against the share that was needed. */
export function Agreement({ agreement: a, threshold, nameOf }: { agreement: NonNullable<PanelRule['agreement']>; threshold: number | null; nameOf: (seat: string) => string }) {
  const sorted = [...a.clusters].sort((x, y) => y.share - x.share);
  return (
    <div>
      <h3>Who agrees with whom</h3>
      <div className={css.clusters} aria-hidden>
        {sorted.map((c, i) => <i key={c.representative} data-c={Math.min(i, 4)} style={{ flexGrow: Math.max(c.share, 0.01) }} />)}
        {threshold !== null && <b style={{ left: `${threshold * 100}%` }} />}
      </div>
      <ul className={css.legend}>
        {sorted.map((c, i) => <li key={c.representative}><i data-c={Math.min(i, 4)} aria-hidden /><span>{c.stance ?? `As ${nameOf(c.representative)} puts it`}<small>{c.seats.map(nameOf).join(', ')}</small></span><b className="num">{percent(c.share)}</b></li>)}
      </ul>
      <p className={css.note}>Shares of the weight of all positions{threshold !== null && `; ${percent(threshold)} was needed`}. Compared by {a.method}.</p>
    </div>
  );
}
