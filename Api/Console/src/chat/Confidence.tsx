import { Popover } from 'radix-ui';
import type { Confidence as Value } from '../api/types';
import { Signals } from '../ui/Signals';
import css from './Confidence.module.css';

const bands = ['low', 'medium', 'high'];

/** Said quietly, and never as a promise: a value that feedback has not confirmed is called uncalibrated. */
export function Confidence({ value: c }: { value: Value }) {
  const level = bands.indexOf(c.band);
  return (
    <Popover.Root>
      <Popover.Trigger className={css.button}>
        <span className={css.bars} aria-hidden>{bands.map((b, i) => <i key={b} data-on={i <= level || undefined} />)}</span>
        <span>Confidence {c.band}</span>
        <span className={css.tag} data-calibrated={c.calibrated || undefined}>{c.calibrated ? 'calibrated' : 'uncalibrated'}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={css.card} side="top" align="end" sideOffset={6} collisionPadding={12} aria-label="Confidence">
          <strong className="num">Confidence {c.value.toFixed(2)} of 1</strong>
          <p>{c.calibrated ? 'Calibrated: readers’ feedback shows that answers of this value are right about this often.' : 'Uncalibrated: computed from the signals below, not yet compared with readers’ feedback.'}</p>
          {Object.keys(c.signals).length > 0 && <Signals values={c.signals} />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
