import type { EstimateSpread } from '../../api/panels';
import { decimal, percent } from '../words';
import css from './RuleNumbers.module.css';

const width = 460, height = 220, leftRoom = 52, topRoom = 12, bottomRoom = 28, rightRoom = 14;

/** Round steps of 1, 2 or 5, so that the axis reads as people count. */
export function ticksOf(low: number, high: number, most = 5): readonly number[] {
  if (low === high) { const room = Math.abs(low) / 10 || 1; low -= room; high += room; } // all estimates the same: they lie in the middle
  const raw = (high - low) / most, power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw) ?? power * 10;
  const from = Math.floor(low / step), to = Math.ceil(high / step);
  return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
}

/** How the estimates lay, pass by pass: the median, and the middle half as a band. The table says the same. */
export function Spread({ spread }: { spread: readonly EstimateSpread[] }) {
  const held = spread.flatMap((s) => s.median === null ? [] : [{ cycle: s.cycle, median: s.median, low: s.lowerQuartile ?? s.median, high: s.upperQuartile ?? s.median }]);
  const ticks = held.length === 0 ? [] : ticksOf(Math.min(...held.map((s) => s.low)), Math.max(...held.map((s) => s.high)));
  const bottom = ticks[0] ?? 0, top = ticks.at(-1) ?? 1;
  const x = (i: number) => held.length === 1 ? (leftRoom + width - rightRoom) / 2 : leftRoom + 24 + i * (width - leftRoom - rightRoom - 48) / (held.length - 1);
  const y = (v: number) => topRoom + (top - v) / (top - bottom || 1) * (height - topRoom - bottomRoom);
  return (
    <div>
      <h3>The estimates, pass by pass</h3>
      <div className={css.both}>
        {held.length > 0 && (
          <svg viewBox={`0 0 ${width} ${height}`} className={css.chart} role="img" aria-label={`Median and quartiles of the estimates over ${held.length} passes: from ${decimal(held[0]?.median ?? 0)} to ${decimal(held.at(-1)?.median ?? 0)}. The table beside it has the figures.`}>
            {ticks.map((t) => <g key={t}><line className={css.grid} x1={leftRoom} x2={width - rightRoom} y1={y(t)} y2={y(t)} /><text x={leftRoom - 8} y={y(t) + 4} textAnchor="end">{t.toLocaleString('en')}</text></g>)}
            {held.length > 1 && <polygon className={css.band} points={[...held.map((s, i) => `${x(i)},${y(s.high)}`), ...held.map((s, i) => `${x(i)},${y(s.low)}`).reverse()].join(' ')} />}
            {held.map((s, i) => <line key={s.cycle} className={css.whisker} x1={x(i)} x2={x(i)} y1={y(s.low)} y2={y(s.high)} />)}
            <polyline className={css.median} points={held.map((s, i) => `${x(i)},${y(s.median)}`).join(' ')} />
            {held.map((s, i) => <g key={s.cycle}><circle cx={x(i)} cy={y(s.median)} r={5} /><text x={x(i)} y={height - 8} textAnchor="middle">Pass {s.cycle}</text></g>)}
          </svg>
        )}
        <table className={css.table}>
          <caption className="sr">Median and quartiles by pass</caption>
          <thead><tr><th scope="col">Pass</th><th scope="col">Median</th><th scope="col">Middle half</th><th scope="col">Agree</th></tr></thead>
          <tbody>{spread.map((s) => <tr key={s.cycle}><th scope="row">{s.cycle}, {s.estimates} estimates</th><td className="num">{s.median === null ? '–' : decimal(s.median)}</td><td className="num">{s.lowerQuartile === null || s.upperQuartile === null ? '–' : `${decimal(s.lowerQuartile)} to ${decimal(s.upperQuartile)}`}</td><td className="num">{percent(s.agreement)}</td></tr>)}</tbody>
        </table>
      </div>
    </div>
  );
}
