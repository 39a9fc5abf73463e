import { ArrowUp, ChevronDown, ListEnd, Square, Zap } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { OnBusy } from '../api/types';
import { Menu } from '../ui/Menu';
import css from './Composer.module.css';
import { useDraft } from './drafts';

interface Props {
  readonly draftKey: string;
  readonly placeholder: string;
  readonly onSend: (content: string, onBusy: OnBusy) => void;
  /** An answer is being written: sending queues, and there is something to stop. */
  readonly busy?: { readonly stopping: boolean; readonly stop: () => void } | undefined;
  /** Being sent elsewhere: the text stays until this page is left. */
  readonly pending?: boolean;
  readonly keep?: boolean;
  /** What stands under the field. */
  readonly children?: ReactNode;
}

export function Composer({ draftKey, placeholder, onSend, busy, pending = false, keep = false, children }: Props) {
  const [text, setText] = useDraft(draftKey);
  const field = useRef<HTMLTextAreaElement>(null);
  const empty = text.trim() === '';
  // On a phone the keyboard would cover what the page has to say.
  useEffect(() => { if (window.matchMedia('(min-width: 901px) and (pointer: fine)').matches) field.current?.focus(); }, []);

  const send = (onBusy: OnBusy) => {
    if (empty || pending) return;
    onSend(text.trim(), onBusy);
    if (!keep) setText('');
    field.current?.focus();
  };
  const onKeyDown = (e: React.KeyboardEvent) => {
    if (e.key !== 'Enter' || e.shiftKey || e.nativeEvent.isComposing) return;
    e.preventDefault();
    send(busy && (e.ctrlKey || e.metaKey) ? 'interrupt' : 'enqueue');
  };

  return (
    <form className={css.composer} onSubmit={(e) => { e.preventDefault(); send('enqueue'); }}>
      <div className={css.box}>
        <textarea ref={field} rows={1} value={text} aria-label="Message" placeholder={placeholder} maxLength={32_000} readOnly={pending} onChange={(e) => { setText(e.target.value); }} onKeyDown={onKeyDown} />
        {busy && <button type="button" className={css.stop} disabled={busy.stopping} onClick={busy.stop} aria-label={busy.stopping ? 'Stopping' : 'Stop answering'}><Square size={12} fill="currentColor" aria-hidden />{busy.stopping ? 'Stopping' : 'Stop'}</button>}
        {busy && !empty && (
          <div className={css.split}>
            <button type="submit" className={css.send} aria-label="Send after this answer" title="Send after this answer"><ListEnd size={17} aria-hidden /></button>
            <Menu label="How to send" side="top" className={`${css.send ?? ''} ${css.how ?? ''}`} trigger={<ChevronDown size={14} aria-hidden />} items={[
              { label: 'Send after this answer', hint: 'Enter. It waits its turn.', icon: ListEnd, onSelect: () => { send('enqueue'); } },
              { label: 'Interrupt and send now', hint: 'Ctrl+Enter. The answer being written stops.', icon: Zap, onSelect: () => { send('interrupt'); } },
            ]} />
          </div>
        )}
        {!busy && <button type="submit" className={css.send} disabled={empty || pending} aria-label={pending ? 'Sending' : 'Send'}><ArrowUp size={17} aria-hidden /></button>}
      </div>
      {children}
    </form>
  );
}
