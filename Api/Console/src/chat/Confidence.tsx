import { Popover } from 'radix-ui';
import { Fragment } from 'react';
import type { Confidence as Value } from '../api/types';
import css from './Confidence.module.css';

const bands = ['low', 'medium', 'high'];
const readable = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[-_.]/g, ' ').toLowerCase();

/** Said quietly, and never as a promise: a value that feedback has not confirmed is called uncalibrated. */
export function Confidence({ value: c }: { value: Value }) {
  const level = bands.indexOf(c.band), signals = Object.entries(c.signals);
  return (
    <Popover.Root>
      <Popover.Trigger className={css.button}>
        <span className={css.bars} aria-hidden>{bands.map((b, i) => <i key={b} data-on={i <= level || undefined} />)}</span>
        <span>Confidence {c.band}</span>
        {!c.calibrated && <span className={css.tag}>uncalibrated</span>}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={css.card} side="top" align="end" sideOffset={6} collisionPadding={12} aria-label="Confidence">
          <strong className="num">Confidence {c.value.toFixed(2)} of 1</strong>
          <p>{c.calibrated ? 'Calibrated: readers’ feedback shows that answers of this value are right about this often.' : 'Uncalibrated: computed from the signals below, not yet compared with readers’ feedback.'}</p>
          {signals.length > 0 && <dl>{signals.map(([name, v]) => <Fragment key={name}><dt>{readable(name)}</dt><dd><meter min={0} max={1} value={v} aria-label={readable(name)} /></dd><dd className="num">{v.toFixed(2)}</dd></Fragment>)}</dl>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
