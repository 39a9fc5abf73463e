import type { DocumentFields } from '../api/knowledge';
import { Badge } from '../ui/DetailPage';
import css from './Fields.module.css';

/** What is known of a document beside its text, as small words; nothing where nothing is. */
export function Fields({ fields: f }: { fields: DocumentFields }) {
  const words = [f.evidenceLevel && `Evidence level ${f.evidenceLevel}`, f.population, f.jurisdiction?.toUpperCase(), f.language, f.publishedOn].filter((w) => typeof w === 'string' && w !== '');
  const tags = Object.entries(f.tags ?? {});
  if (words.length === 0 && tags.length === 0 && f.isRetracted !== true) return null;
  return (
    <span className={css.fields}>
      {f.isRetracted === true && <Badge kind="bad">Retracted</Badge>}
      {words.map((w) => <Badge key={w}>{w}</Badge>)}
      {tags.map(([k, v]) => <Badge key={k}>{k}: {v}</Badge>)}
    </span>
  );
}
