import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react';
import { useRef, useState } from 'react';
import { moved } from './answering';
import css from './AnswerSheet.module.css';

/** Options in an order, best first: arrow keys on a row, or its buttons, move it. */
export function Ranking({ ranking, texts, onChange }: { ranking: readonly string[]; texts: ReadonlyMap<string, string>; onChange: (r: readonly string[]) => void }) {
  const list = useRef<HTMLOListElement>(null);
  const [told, tell] = useState('');
  const move = (label: string, by: -1 | 1) => {
    const next = moved(ranking, ranking.indexOf(label), by);
    if (next === ranking) return;
    onChange(next);
    tell(`${label} is now at place ${next.indexOf(label) + 1} of ${next.length}`);
    requestAnimationFrame(() => { list.current?.querySelector<HTMLElement>(`[data-label="${CSS.escape(label)}"]`)?.focus(); });
  };
  return (
    <>
      <ol ref={list} className={css.ranking} aria-label="Your ranking, best first">
        {ranking.map((label, i) => (
          <li key={label}>
            <button type="button" data-label={label} className={css.grip}
              onKeyDown={(e) => { if (e.key === 'ArrowUp' || e.key === 'ArrowDown') { e.preventDefault(); move(label, e.key === 'ArrowUp' ? -1 : 1); } }}>
              <GripVertical size={14} aria-hidden /><b className="num" aria-hidden>{i + 1}</b><span><strong>{label}</strong>{texts.get(label)}</span><span className="sr">. Place {i + 1} of {ranking.length}. Arrow keys move it.</span>
            </button>
            <button type="button" className={css.step} disabled={i === 0} aria-label={`Move ${label} up`} onClick={() => { move(label, -1); }}><ArrowUp size={15} aria-hidden /></button>
            <button type="button" className={css.step} disabled={i === ranking.length - 1} aria-label={`Move ${label} down`} onClick={() => { move(label, 1); }}><ArrowDown size={15} aria-hidden /></button>
          </li>
        ))}
      </ol>
      <span className="sr" role="status">{told}</span>
    </>
  );
}
