import type { ReactNode } from 'react';
import { Problem, sentence } from '../api/problem';
import css from './Notice.module.css';

/** A failure as a sentence, with what can be done next, and what to quote to support. */
export function Failure({ error, retry, children }: { error: unknown; retry?: (() => void) | undefined; children?: ReactNode }) {
  const refs = error instanceof Problem ? [error.code, error.traceId === undefined ? undefined : `trace ${error.traceId}`].filter((x) => x !== undefined) : [];
  return (
    <div role="alert" className={css.notice}>
      <span className={css.words}>{sentence(error)}{refs.length > 0 && <span className={css.code}>{refs.join(', ')}</span>}</span>
      {retry && <button type="button" onClick={retry}>Try again</button>}
      {children}
    </div>
  );
}

export function Note({ kind = 'quiet', children, action }: { kind?: 'quiet' | 'warn' | 'bad'; children: ReactNode; action?: ReactNode }) {
  return <div className={css.notice} data-kind={kind}><span className={css.words}>{children}</span>{action}</div>;
}
