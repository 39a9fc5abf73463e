import { useId, type ReactNode } from 'react';
import css from './Field.module.css';

/** A control with its label and, where one helps, a hint; what the server has against it stands there too. */
export function Field({ label, hint, error, children }: { label: string; hint?: string | undefined; error?: string | undefined; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <small>{hint}</small>}
      <FieldError>{error}</FieldError>
    </div>
  );
}

export const FieldError = ({ children }: { children: string | undefined }) => children === undefined ? null : <p role="alert" className={css.error}>{children}</p>;
