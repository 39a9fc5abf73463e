import { useEffect, useState } from 'react';

/** What is being typed, once typing pauses. */
export function useSettled(value: string, ms: number): string {
  const [settled, set] = useState(value);
  useEffect(() => { const t = setTimeout(() => { set(value); }, ms); return () => { clearTimeout(t); }; }, [value, ms]);
  return settled;
}
