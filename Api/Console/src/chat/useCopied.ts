import { useState } from 'react';

/** Copies, and says for a moment that it did. */
export function useCopied(text: () => string): [boolean, () => void] {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try { await navigator.clipboard.writeText(text()); } catch { return; } // not allowed: the button simply does not say that it worked
    setCopied(true);
    setTimeout(() => { setCopied(false); }, 1500);
  };
  return [copied, () => void copy()];
}
