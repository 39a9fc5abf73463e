import { useMutation } from '@tanstack/react-query';
import { FileUp, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { knowledgeApi } from '../api/knowledge';
import controls from '../styles/controls.module.css';
import { DialogActions, TitledDialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { Failure } from '../ui/Notice';
import css from './Collection.module.css';
import { accepted, idsOf, mediaTypeOf, partsOf, size, uploadOf, type Details } from './files';
import { keepIngest } from './openIngests';

/** Files come by drop or by picker; what is known of them is asked before they are sent. */
export function UploadZone({ collection }: { collection: string }) {
  const [over, setOver] = useState(false);
  const [files, setFiles] = useState<readonly File[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const take = (list: FileList | null) => { if (list && list.length > 0) setFiles([...list]); };
  return (
    <div className={css.zone} data-over={over || undefined} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => { setOver(false); }}
      onDrop={(e) => { e.preventDefault(); setOver(false); take(e.dataTransfer.files); }}>
      <FileUp size={20} aria-hidden />
      <div><strong>Add documents</strong><p>Drop files here: text, Markdown, HTML, JSON or PDF.</p></div>
      <button type="button" className={controls.primary} onClick={() => input.current?.click()}>Choose files</button>
      <input ref={input} type="file" multiple hidden accept={accepted} aria-label="Files" onChange={(e) => { take(e.target.files); e.target.value = ''; }} />
      {files.length > 0 && <UploadDialog collection={collection} files={files} onClose={() => { setFiles([]); }} />}
    </div>
  );
}

function UploadDialog({ collection, files, onClose }: { collection: string; files: readonly File[]; onClose: () => void }) {
  const [kept, setKept] = useState(files);
  const [details, setDetails] = useState<Details>({});
  const [sent, setSent] = useState(0);
  // Made once, so that a second try sends what was not sent yet under the keys of the first.
  const [keys] = useState(() => new Map<string, string>());
  const good = kept.filter((f) => mediaTypeOf(f.name) !== undefined && f.size > 0);
  const put = (key: keyof Details) => (e: { target: { value: string } }) => {
    const value = e.target.value.trim().toLowerCase();
    setDetails({ ...Object.fromEntries(Object.entries(details).filter(([k]) => k !== key)), ...(value === '' ? {} : { [key]: value }) });
  };

  const send = useMutation({
    mutationFn: async () => {
      const ids = idsOf(good.map((f) => f.name)), idOf = new Map(good.map((f, i) => [f, ids[i] ?? f.name]));
      let count = 0;
      for (const part of partsOf(good)) {
        const name = part.map((f) => `${idOf.get(f) ?? ''}/${f.size}`).join() + JSON.stringify(details);
        const key = keys.get(name) ?? crypto.randomUUID();
        keys.set(name, key);
        const run = await knowledgeApi.upload(collection, await Promise.all(part.map((f) => uploadOf(f, idOf.get(f) ?? f.name, details))), key);
        keepIngest({ runId: run.runId, collection, documents: part.length });
        setSent(count += part.length);
      }
    },
    onSuccess: onClose,
  });

  return (
    <TitledDialog title={good.length === 1 ? 'Add one document' : `Add ${good.length} documents`} onClose={onClose}>
      <form onSubmit={(e) => { e.preventDefault(); send.mutate(); }}>
        <ul className={css.files} tabIndex={0} aria-label="Files">
          {kept.map((f, i) => {
            const bad = mediaTypeOf(f.name) === undefined ? 'cannot be read' : f.size === 0 ? 'is empty' : undefined;
            return <li key={`${f.name}-${i}`} data-bad={bad !== undefined || undefined}><span>{f.name}</span><small className="num">{bad ?? size(f.size)}</small><button type="button" className={controls.icon} aria-label={`Leave out ${f.name}`} onClick={() => { setKept(kept.filter((x) => x !== f)); }}><X size={14} aria-hidden /></button></li>;
          })}
        </ul>
        <details className={css.details}>
          <summary>What is known of {good.length === 1 ? 'it' : 'all of them'}</summary>
          <div className={css.two}>
            <Field label="Evidence level">{(id) => <select id={id} className={controls.field} onChange={put('evidenceLevel')} value={details.evidenceLevel ?? ''}><option value="">Not stated</option><option value="1">1, systematic review</option><option value="2">2, randomised trial</option><option value="3">3, cohort</option><option value="4">4, case series</option><option value="5">5, mechanism, opinion</option></select>}</Field>
            <Field label="Published on">{(id) => <input id={id} type="date" className={controls.field} onChange={put('publishedOn')} />}</Field>
            <Field label="Population">{(id) => <input id={id} className={controls.field} placeholder="adults" maxLength={64} onChange={put('population')} />}</Field>
            <Field label="Jurisdiction">{(id) => <input id={id} className={controls.field} placeholder="eu" maxLength={16} onChange={put('jurisdiction')} />}</Field>
            <Field label="Language">{(id) => <input id={id} className={controls.field} placeholder="en" maxLength={35} onChange={put('language')} />}</Field>
          </div>
        </details>
        {send.isError && <Failure error={send.error} />}
        <DialogActions>
          <button type="button" className={controls.button} onClick={onClose}>Cancel</button>
          <button type="submit" className={controls.primary} disabled={good.length === 0 || send.isPending}>{send.isPending ? `Sending, ${sent} of ${good.length} done` : 'Add'}</button>
        </DialogActions>
      </form>
    </TitledDialog>
  );
}
