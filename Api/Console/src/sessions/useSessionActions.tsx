import { Download, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMatch, useNavigate } from 'react-router';
import type { Session } from '../api/types';
import controls from '../styles/controls.module.css';
import { DialogActions, TitledDialog } from '../ui/Dialog';
import type { MenuItem } from '../ui/Menu';
import { Failure } from '../ui/Notice';
import { downloadExport } from './download';
import { titleOf, useRemove, useRename } from './queries';

type Open = 'rename' | 'remove' | { failed: unknown } | undefined;

/** What can be done to a conversation, the same in the list and above the chat. */
export function useSessionActions(session: Session): { items: MenuItem[]; dialogs: React.ReactNode } {
  const [open, setOpen] = useState<Open>();
  const close = () => { setOpen(undefined); };
  const save = () => downloadExport(session.id, titleOf(session)).catch((e: unknown) => { setOpen({ failed: e }); });
  return {
    items: [
      { label: 'Rename', icon: Pencil, onSelect: () => { setOpen('rename'); } },
      { label: 'Export', icon: Download, onSelect: () => void save() },
      { label: 'Delete', icon: Trash2, danger: true, onSelect: () => { setOpen('remove'); } },
    ],
    dialogs: <>
      {open === 'rename' && <Rename session={session} onClose={close} />}
      {open === 'remove' && <Remove session={session} onClose={close} />}
      {typeof open === 'object' && (
        <TitledDialog title="The export failed" onClose={close}>
          <Failure error={open.failed} retry={() => { close(); void save(); }} />
          <DialogActions><button type="button" className={controls.button} onClick={close}>Close</button></DialogActions>
        </TitledDialog>
      )}
    </>,
  };
}

function Rename({ session, onClose }: { session: Session; onClose: () => void }) {
  const [title, setTitle] = useState(titleOf(session));
  const rename = useRename();
  const save = () => { if (title.trim() !== '') rename.mutate({ id: session.id, title: title.trim() }, { onSuccess: onClose }); };
  return (
    <TitledDialog title="Rename the conversation" onClose={onClose}>
      <form onSubmit={(e) => { e.preventDefault(); save(); }}>
        <label htmlFor="title" className="sr">Title</label>
        <input id="title" className={controls.field} value={title} maxLength={200} onFocus={(e) => { e.target.select(); }} autoFocus onChange={(e) => { setTitle(e.target.value); }} />
        {rename.isError && <Failure error={rename.error} />}
        <DialogActions>
          <button type="button" className={controls.button} onClick={onClose}>Cancel</button>
          <button type="submit" className={controls.primary} disabled={title.trim() === '' || rename.isPending}>{rename.isPending ? 'Saving' : 'Save'}</button>
        </DialogActions>
      </form>
    </TitledDialog>
  );
}

function Remove({ session, onClose }: { session: Session; onClose: () => void }) {
  const remove = useRemove();
  const navigate = useNavigate();
  const shown = useMatch('/sessions/:id')?.params.id === session.id;
  const go = () => { remove.mutate(session.id, { onSuccess: () => { onClose(); if (shown) void navigate('/sessions', { replace: true }); } }); };
  return (
    <TitledDialog title={`Delete “${titleOf(session)}”?`} onClose={onClose}>
      <p>The messages and answers are removed for everyone who can see them. This cannot be undone; an export made before keeps a copy.</p>
      {remove.isError && <Failure error={remove.error} />}
      <DialogActions>
        <button type="button" className={controls.button} autoFocus onClick={onClose}>Keep it</button>
        <button type="button" className={controls.danger} disabled={remove.isPending} onClick={go}>{remove.isPending ? 'Deleting' : 'Delete'}</button>
      </DialogActions>
    </TitledDialog>
  );
}
