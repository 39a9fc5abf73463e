import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import controls from '../styles/controls.module.css';
import css from './DetailPage.module.css';

/** A page beside a list, or alone: a heading, what can be done, and a column that scrolls. */
export function DetailPage({ title, lead, back, actions, children }: { title: string; lead?: ReactNode; back?: { readonly to: string; readonly label: string }; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.page} aria-label={title}>
      <title>{`${title} · Colloquy`}</title>
      <header className={css.head}>
        {back && <Link to={back.to} className={`${controls.icon ?? ''} ${css.back ?? ''}`} aria-label={back.label}><ArrowLeft size={18} aria-hidden /></Link>}
        <div className={css.names}><h1>{title}</h1>{lead !== undefined && <p>{lead}</p>}</div>
        {actions}
      </header>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={`${title}, contents`}><div className={css.column}>{children}</div></div>
    </section>
  );
}

export const Section = ({ title, hint, action, children }: { title: string; hint?: ReactNode; action?: ReactNode; children: ReactNode }) => (
  <section className={css.section} aria-label={title}>
    <div className={css.top}><div><h2>{title}</h2>{hint !== undefined && <p>{hint}</p>}</div>{action}</div>
    {children}
  </section>
);

export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => <div className={css.empty}><strong>{title}</strong>{children}</div>;
export const Wait = () => <div className={css.wait} aria-hidden><i /><i /><i /></div>;
export const Badge = ({ kind, children }: { kind?: 'ok' | 'warn' | 'bad'; children: ReactNode }) => <span className={css.badge} data-kind={kind}>{children}</span>;
