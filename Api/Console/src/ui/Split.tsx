import { Outlet, useMatch } from 'react-router';
import type { ReactNode } from 'react';
import styles from './Split.module.css';
import { useNarrow } from './useNarrow';

/** A list beside what is open; on a narrow screen one of the two. The list is told whether it is the whole page. */
export function Split({ root, list }: { root: string; list: (alone: boolean) => ReactNode }) {
  const atList = useMatch(root) !== null;
  const narrow = useNarrow();
  return (
    <div className={styles.page} data-view={atList ? 'list' : 'detail'}>
      {list(atList && narrow)}
      <div className={styles.detail}><Outlet /></div>
    </div>
  );
}

/** The list's pane: a heading with what can be begun, and rows that scroll. On a phone its heading is the page's. */
export function Pane({ label, alone, action, tools, busy, children }: { label: string; alone: boolean; action?: ReactNode; tools?: ReactNode; busy?: boolean; children: ReactNode }) {
  const Heading = alone ? 'h1' : 'h2';
  return (
    <section className={styles.list} aria-label={label}>
      <div className={styles.top}><Heading>{label}</Heading>{action}</div>
      <div className={styles.tools}>{tools}</div>
      <div className={styles.rows} aria-busy={busy}>{children}</div>
    </section>
  );
}

export const PaneWait = () => <div className={styles.wait} aria-hidden><i /><i /><i /><i /></div>;
/** The styles of rows and tools in the pane. */
export const split = { new: styles.new ?? '', jump: styles.jump ?? '', search: styles.search ?? '', row: styles.row ?? '', line: styles.line ?? '', under: styles.under ?? '', none: styles.none ?? '' };
