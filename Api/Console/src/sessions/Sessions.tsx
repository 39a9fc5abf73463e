import { Outlet, useMatch } from 'react-router';
import { useNarrow } from '../ui/useNarrow';
import { SessionList } from './SessionList';
import css from './Sessions.module.css';

/** The list beside what is open; on a narrow screen one of the two. */
export function Sessions() {
  const atList = useMatch('/sessions') !== null;
  const narrow = useNarrow();
  return (
    <div className={css.page} data-view={atList ? 'list' : 'detail'}>
      <SessionList alone={atList && narrow} />
      <div className={css.detail}><Outlet /></div>
    </div>
  );
}
