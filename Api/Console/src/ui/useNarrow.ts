import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(max-width: 900px)'); // the width at which the style sheets show one pane instead of two
const subscribe = (l: () => void) => { query.addEventListener('change', l); return () => { query.removeEventListener('change', l); }; };
export const useNarrow = () => useSyncExternalStore(subscribe, () => query.matches);
