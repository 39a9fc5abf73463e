import { Fragment } from 'react';
import css from './Signals.module.css';

/** A name as a program writes it, as people read it. */
export const readable = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[-_.:/]/g, ' ').toLowerCase();
const figure = (v: number) => Number.isInteger(v) ? String(v) : Math.abs(v) >= 100 ? v.toFixed(0) : Math.abs(v) < 0.1 && v !== 0 ? v.toPrecision(2) : v.toFixed(2);

/** What a value was computed from. A bar shows how much it is of the most: 1, or what the caller says of that name. */
export function Signals({ values, most }: { values: Readonly<Record<string, number>>; most?: (name: string) => number }) {
  return (
    <dl className={css.signals}>
      {Object.entries(values).map(([name, v]) => {
        const max = most?.(name) ?? 1;
        return <Fragment key={name}><dt>{readable(name)}</dt><dd><meter min={0} max={max > 0 ? max : 1} value={Math.max(0, v)} aria-label={readable(name)} /></dd><dd className="num">{figure(v)}</dd></Fragment>;
      })}
    </dl>
  );
}
