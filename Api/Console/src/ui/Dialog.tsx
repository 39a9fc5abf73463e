import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import css from './Dialog.module.css';

/** Native and modal while it is mounted: the browser traps focus, closes on Escape and returns focus, with no style injected. */
export function Dialog({ label, labelledBy, className, onClose, children }: { label?: string; labelledBy?: string; className?: string | undefined; onClose: () => void; children: ReactNode }) {
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const el = box.current;
    el?.showModal();
    return () => { el?.close(); };
  }, []);
  return (
    <dialog ref={box} className={className ?? css.dialog} aria-label={label} aria-labelledby={labelledBy}
      onCancel={(e) => { e.preventDefault(); onClose(); }}
      onClick={(e) => { if (e.target === e.currentTarget) onClose(); }}>
      {children}
    </dialog>
  );
}

export const Sheet = (p: Omit<Parameters<typeof Dialog>[0], 'className'>) => <Dialog {...p} className={css.sheet} />;

export function TitledDialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const id = useId();
  return <Dialog labelledBy={id} onClose={onClose}><div className={css.body}><h2 id={id} className={css.title}>{title}</h2>{children}</div></Dialog>;
}

export const DialogActions = ({ children }: { children: ReactNode }) => <div className={css.actions}>{children}</div>;
