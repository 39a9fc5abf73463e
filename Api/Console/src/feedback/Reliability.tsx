import type { ReliabilityBin } from '../api/selection';
import css from './Calibration.module.css';

const side = 260, room = 42;
const x = (v: number) => room + v * (side - room - 8), y = (v: number) => side - room - v * (side - room - 8);
const percent = (v: number) => `${Math.round(v * 100)} %`;

/** The reliability diagram: on the diagonal, confidence is exactly how often answers are right. The table says the same. */
export function Reliability({ bins }: { bins: readonly ReliabilityBin[] }) {
  const held = bins.filter((b) => b.samples > 0), most = Math.max(1, ...held.map((b) => b.samples));
  return (
    <div className={css.both}>
      <svg viewBox={`0 0 ${side} ${side}`} className={css.diagram} role="img" aria-label="Reliability diagram: how sure answers were, against how often they were right. The table beside it has the figures.">
        {[0, 0.25, 0.5, 0.75, 1].map((t) => <g key={t}>
          <line className={css.grid} x1={x(t)} y1={y(0)} x2={x(t)} y2={y(1)} /><line className={css.grid} x1={x(0)} y1={y(t)} x2={x(1)} y2={y(t)} />
          <text x={x(t)} y={side - room + 14} textAnchor="middle">{t}</text>{t > 0 && <text x={room - 6} y={y(t) + 3} textAnchor="end">{t}</text>}
        </g>)}
        <line className={css.ideal} x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        {held.map((b) => <line key={b.from} className={css.gap} x1={x(b.meanValue)} y1={y(b.meanValue)} x2={x(b.meanValue)} y2={y(b.shareRight)} />)}
        <polyline className={css.curve} points={held.map((b) => `${x(b.meanValue)},${y(b.shareRight)}`).join(' ')} />
        {held.map((b) => <circle key={b.from} cx={x(b.meanValue)} cy={y(b.shareRight)} r={3 + 4 * Math.sqrt(b.samples / most)}><title>{`${b.samples} answers, ${percent(b.meanValue)} sure, ${percent(b.shareRight)} right`}</title></circle>)}
        <text x={x(0.5)} y={side - 2} textAnchor="middle">How sure</text>
        <text transform={`translate(9 ${y(0.5)}) rotate(-90)`} textAnchor="middle">Right</text>
      </svg>
      <table className={css.bins}>
        <caption className="sr">How sure answers were, and how often they were right</caption>
        <thead><tr><th scope="col">Confidence</th><th scope="col">Answers</th><th scope="col">How sure</th><th scope="col">Right</th></tr></thead>
        <tbody>{held.map((b) => <tr key={b.from}><th scope="row">{b.from.toFixed(1)} to {b.until.toFixed(1)}</th><td>{b.samples.toLocaleString('en')}</td><td>{percent(b.meanValue)}</td><td>{percent(b.shareRight)}</td></tr>)}</tbody>
      </table>
    </div>
  );
}
