import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import { Popover } from 'radix-ui';
import { createContext, use, useRef, useState } from 'react';
import type { Citation, Support } from '../api/types';
import { Thumbs } from '../feedback/Thumbs';
import css from './Cite.module.css';

export interface Sources { readonly citations: readonly Citation[]; readonly open: (c: Citation) => void; readonly messageId?: string }
export const SourcesContext = createContext<Sources>({ citations: [], open: () => { /* no sheet here */ } });

/** The citations of one block's marks, in their order: a mark without one is not confirmed by its source. */
export const PlacedContext = createContext<readonly (Citation | undefined)[] | undefined>(undefined);

/** What the check of the quote against the stored source found. */
export const supportWords: Record<Support, string> = { supported: 'Supports the sentence', partial: 'Supports it in part', unsupported: 'Does not support it' };
const icons: Record<Support, typeof CircleCheck> = { supported: CircleCheck, partial: CircleDashed, unsupported: CircleAlert };

const web = (url: string | null | undefined) => url !== null && url !== undefined && /^https?:\/\//i.test(url) ? url : undefined;

export function Cite({ n, at }: { n?: string; at?: string }) {
  const { citations, open, messageId } = use(SourcesContext);
  const placed = use(PlacedContext);
  const [shown, setShown] = useState(false);
  const toSheet = useRef(false), mark = useRef<HTMLButtonElement>(null);
  // Within a modal dialog all else is inert: the card has to stand in it.
  const [layer, setLayer] = useState<HTMLElement>();
  const c = placed?.[Number(at)];
  // While the answer is being written its citations are not checked yet: the mark stands as plain text.
  if (!c) return <span className={css.plain} title={citations.length > 0 ? 'Not confirmed by the source' : undefined}>[{n}]</span>;
  const Icon = icons[c.support], url = web(c.url);
  return (
    <Popover.Root open={shown} onOpenChange={(on) => { setLayer(mark.current?.closest('dialog') ?? undefined); setShown(on); }}>
      <Popover.Trigger ref={mark} className={css.cite} data-support={c.support} aria-label={`Source ${c.n}: ${c.title}. ${supportWords[c.support]}.`}>{c.n}</Popover.Trigger>
      <Popover.Portal container={layer ?? null}>
        <Popover.Content className={css.card} side="top" sideOffset={6} collisionPadding={12} aria-label={`Source ${c.n}`}
          // The sheet opens once focus is back on the mark, so that closing the sheet returns to it.
          onCloseAutoFocus={() => { if (toSheet.current) { toSheet.current = false; setTimeout(() => { open(c); }); } }}>
          <strong>{c.title}</strong>
          <blockquote className={css.quote} tabIndex={0}>{c.quote}</blockquote>
          <div className={css.foot}>
            <span className={css.support} data-support={c.support}><Icon size={13} aria-hidden />{supportWords[c.support]}</span>
            {typeof c.documentId === 'string'
              ? <button type="button" className={css.open} onClick={() => { toSheet.current = true; setShown(false); }}>Open document</button>
              : url !== undefined && <a className={css.open} href={url} target="_blank" rel="noopener noreferrer nofollow">Open page</a>}
          </div>
          {messageId !== undefined && <div className={css.judge}><Thumbs target={{ type: 'citation', id: messageId, part: String(c.n) }} what="citation" /></div>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
