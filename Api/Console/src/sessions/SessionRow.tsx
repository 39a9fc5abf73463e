import { MoreHorizontal } from 'lucide-react';
import { NavLink } from 'react-router';
import type { Session } from '../api/types';
import controls from '../styles/controls.module.css';
import { Menu } from '../ui/Menu';
import { titleOf } from './queries';
import css from './Sessions.module.css';
import { useSessionActions } from './useSessionActions';
import { shortTime } from './when';

export function SessionRow({ session, now }: { session: Session; now: Date }) {
  const title = titleOf(session);
  const { items, dialogs } = useSessionActions(session);
  return (
    <li className={css.row}>
      <NavLink to={`/sessions/${session.id}`}>
        <span className={css.line}><span className={css.name}>{title}</span><time className={`num ${css.time ?? ''}`} dateTime={session.updatedAt}>{shortTime(session.updatedAt, now)}</time></span>
        <span className={css.preview}>{session.preview ?? ''}&nbsp;</span>
      </NavLink>
      <Menu label={`Actions for ${title}`} className={`${controls.icon ?? ''} ${css.more ?? ''}`} trigger={<MoreHorizontal size={16} aria-hidden />} items={items} />
      {dialogs}
    </li>
  );
}
