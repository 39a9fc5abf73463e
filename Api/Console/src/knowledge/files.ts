import type { Upload } from '../api/knowledge';

/** What the service reads, by the ending of a file's name: browsers know the type of few of these. */
export const mediaTypes: Readonly<Record<string, string>> = {
  txt: 'text/plain', text: 'text/plain', md: 'text/markdown', markdown: 'text/markdown', html: 'text/html', htm: 'text/html', json: 'application/json', pdf: 'application/pdf',
};
export const accepted = Object.keys(mediaTypes).map((e) => `.${e}`).join(',');
export const mediaTypeOf = (name: string) => mediaTypes[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''];

const megabyte = 1024 * 1024;
export const size = (bytes: number) => bytes < 1024 ? `${bytes} B` : bytes < megabyte ? `${Math.round(bytes / 1024)} KB` : `${(bytes / megabyte).toFixed(1)} MB`;

/** Names for documents by their files, so that a file that is sent again takes its own place and a failure names it. */
export function idsOf(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((n) => {
    const base = n.normalize('NFKD').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|-+$/g, '').slice(-120) || 'document';
    let id = base;
    for (let k = 2; taken.has(id); k++) id = `${base}-${k}`;
    taken.add(id);
    return id;
  });
}

/** Files in parts that are each small enough for one request; every part is a run of its own. */
export function partsOf<T extends { readonly size: number }>(files: readonly T[], most = 6 * megabyte, count = 50): T[][] {
  const parts: T[][] = [];
  let bytes = 0;
  for (const f of files) {
    const last = parts.at(-1);
    if (last === undefined || last.length === count || bytes + f.size > most) { parts.push([f]); bytes = f.size; } else { last.push(f); bytes += f.size; }
  }
  return parts;
}

export type Details = Partial<Pick<Upload, 'evidenceLevel' | 'population' | 'jurisdiction' | 'language' | 'publishedOn'>>;

export async function uploadOf(file: File, id: string, details: Details): Promise<Upload> {
  const base64 = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => { resolve((reader.result as string).replace(/^[^,]*,/, '')); };
    reader.onerror = () => { reject(reader.error ?? new Error(`${file.name} could not be read`)); };
    reader.readAsDataURL(file);
  });
  return { id, mediaType: mediaTypeOf(file.name) ?? 'text/plain', base64, ...details };
}
