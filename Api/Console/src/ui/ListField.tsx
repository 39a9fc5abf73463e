import { Plus, X } from 'lucide-react';
import { useId, useRef } from 'react';
import controls from '../styles/controls.module.css';
import { FieldError } from './Field';
import field from './Field.module.css';
import css from './ListField.module.css';

/** Lines of text, as many as are needed: Enter begins the next one. */
export function ListField({ label, hint, error, items, onChange, add, most = 12, placeholder }: {
  label: string; hint?: string | undefined; error?: string | undefined; items: readonly string[]; onChange: (items: readonly string[]) => void; add: string; most?: number; placeholder?: string;
}) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const focus = (at: number) => { requestAnimationFrame(() => { [...box.current?.querySelectorAll('input') ?? []][at]?.focus(); }); };
  const more = (at: number) => { if (items.length < most) { onChange([...items.slice(0, at), '', ...items.slice(at)]); focus(at); } };
  const less = (at: number) => { onChange(items.filter((_, i) => i !== at)); focus(Math.max(0, at - 1)); };
  return (
    <div ref={box} className={field.field} role="group" aria-labelledby={id}>
      <span id={id} className={css.label}>{label}</span>
      {items.map((item, i) => (
        <div key={i} className={css.line}>
          <input className={controls.field} value={item} maxLength={500} placeholder={placeholder} aria-label={`${label}, ${i + 1}`} onChange={(e) => { onChange(items.map((x, at) => at === i ? e.target.value : x)); }}
            onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); more(i + 1); } else if (e.key === 'Backspace' && item === '') { e.preventDefault(); less(i); } }} />
          <button type="button" className={controls.icon} aria-label={`Remove line ${i + 1}`} onClick={() => { less(i); }}><X size={15} aria-hidden /></button>
        </div>
      ))}
      {items.length < most && <button type="button" className={css.add} onClick={() => { more(items.length); }}><Plus size={14} aria-hidden />{add}</button>}
      {hint !== undefined && <small>{hint}</small>}
      <FieldError>{error}</FieldError>
    </div>
  );
}
