import { api } from '../api/client';

/** A link cannot carry the key, so the file is fetched and then handed to the browser. */
export async function downloadExport(id: string, title: string): Promise<void> {
  const url = URL.createObjectURL(await api.exported(id));
  const a = document.createElement('a');
  a.href = url;
  a.download = `${title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60) || 'conversation'}.jsonl`;
  a.click();
  setTimeout(() => { URL.revokeObjectURL(url); }, 60_000);
}
