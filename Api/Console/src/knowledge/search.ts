import type { Filter, Search } from '../api/knowledge';

const words = (list: string | null) => (list ?? '').split(',').map((w) => w.trim().toLowerCase()).filter((w) => w !== '');

/** A search as the address of the page holds it, so that it can be shared; undefined where nothing is asked. */
export function searchOf(p: URLSearchParams, all: readonly string[]): Search | undefined {
  const query = p.get('q')?.trim() ?? '', chosen = p.getAll('in');
  const collections = chosen.length > 0 ? chosen : all;
  if (query === '' || collections.length === 0) return undefined;
  const level = p.get('evidence') ?? '', from = p.get('from') ?? '', until = p.get('until') ?? '';
  const lists = { populations: words(p.get('population')), jurisdictions: words(p.get('jurisdiction')), languages: words(p.get('language')) };
  const filter: Filter = {
    ...(level === '' ? {} : { evidenceAtLeast: level }),
    ...Object.fromEntries(Object.entries(lists).filter(([, l]) => l.length > 0)),
    ...(from === '' ? {} : { publishedFrom: from }), ...(until === '' ? {} : { publishedUntil: until }),
    ...(p.get('retracted') === 'yes' ? { includeRetracted: true } : {}),
  };
  return { query, collections, limit: Number(p.get('limit') ?? 10), ...(Object.keys(filter).length === 0 ? {} : { filter }) };
}

/** How many filters are set, apart from where to search. */
export const filtersIn = (p: URLSearchParams) => ['evidence', 'population', 'jurisdiction', 'language', 'from', 'until', 'retracted'].filter((k) => (p.get(k) ?? '') !== '').length;

/** The text cut where a word of the query stands: odd pieces are those words. Endings may differ, as they do for the search. */
export function highlights(text: string, query: string): string[] {
  const roots = [...new Set((query.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).map((w) => w.length > 5 ? w.slice(0, -2) : w))];
  if (roots.length === 0) return [text];
  return text.split(new RegExp(`(?<![\\p{L}\\p{N}])((?:${roots.join('|')})[\\p{L}\\p{N}]{0,5})(?![\\p{L}\\p{N}])`, 'iu'));
}
