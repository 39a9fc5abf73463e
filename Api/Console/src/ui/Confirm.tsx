import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import controls from '../styles/controls.module.css';
import { DialogActions, TitledDialog } from './Dialog';
import { Failure } from './Notice';

/** Asks before something is lost. The safe choice has the focus. */
export function Confirm({ title, children, keep = 'Keep it', act, acting, run, onClose }: {
  title: string; children: ReactNode; keep?: string; act: string; acting: string; run: () => Promise<unknown>; onClose: (done: boolean) => void;
}) {
  const go = useMutation({ mutationFn: run, onSuccess: () => { onClose(true); } });
  return (
    <TitledDialog title={title} onClose={() => { onClose(false); }}>
      <p>{children}</p>
      {go.isError && <Failure error={go.error} />}
      <DialogActions>
        <button type="button" className={controls.button} autoFocus onClick={() => { onClose(false); }}>{keep}</button>
        <button type="button" className={controls.danger} disabled={go.isPending} onClick={() => { go.mutate(); }}>{go.isPending ? acting : act}</button>
      </DialogActions>
    </TitledDialog>
  );
}
