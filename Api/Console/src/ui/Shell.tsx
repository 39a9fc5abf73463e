import { BookOpenText, Brain, GraduationCap, MessagesSquare, UsersRound } from 'lucide-react';
import { NavLink, Outlet } from 'react-router';
import { Account } from '../account/Account';
import css from './Shell.module.css';
import { Theme } from './Theme';

/** Only pages that exist. */
const pages = [
  { to: '/sessions', label: 'Chat', icon: MessagesSquare },
  { to: '/panels', label: 'Panels', icon: UsersRound },
  { to: '/experts', label: 'Experts', icon: GraduationCap },
  { to: '/knowledge', label: 'Knowledge', icon: BookOpenText },
  { to: '/memory', label: 'Memory', icon: Brain },
] as const;

export function Shell() {
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">Skip to content</a>
      <header className={css.rail}>
        <div className={css.brand}><img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="Colloquy" width="28" height="28" /></div>
        <nav aria-label="Main" className={css.nav}>
          {pages.map(({ to, label, icon: Icon }) => (
            <NavLink key={to} to={to} className={({ isActive }) => isActive ? `${css.link ?? ''} ${css.here ?? ''}` : css.link}><Icon size={19} aria-hidden /><span>{label}</span></NavLink>
          ))}
        </nav>
        <Theme className={css.link} />
        <Account className={css.link} />
      </header>
      <main id="main" tabIndex={-1} className={css.main}><Outlet /></main>
    </div>
  );
}
