import { api } from '../api/client';
import { saveFile, slug } from '../ui/saveFile';

export async function downloadExport(id: string, title: string): Promise<void> {
  saveFile(await api.exported(id), `${slug(title) || 'conversation'}.jsonl`);
}
