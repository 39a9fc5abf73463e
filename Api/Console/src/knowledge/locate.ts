/** Where a quoted span stands in the stored text, as [start, end), or undefined when it is not there. */
export function locate(text: string, quote: string, start: number, end: number): readonly [number, number] | undefined {
  if (quote === '') return start < end && end <= text.length ? [start, end] : undefined;
  if (text.slice(start, end) === quote) return [start, end];
  // The document may have been stored anew since the answer: the nearest place that says the same, spaces aside.
  const pattern = new RegExp(quote.trim().split(/\s+/).map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+'), 'g');
  let best: readonly [number, number] | undefined;
  for (const m of text.matchAll(pattern)) if (best === undefined || Math.abs(m.index - start) < Math.abs(best[0] - start)) best = [m.index, m.index + m[0].length];
  return best;
}
