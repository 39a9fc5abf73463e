import { useRouteError } from 'react-router';
import controls from '../styles/controls.module.css';
import css from './Broken.module.css';

/** Also reached after a deploy, when a page that was left open asks for a part that no longer exists: loading anew helps. */
export function Broken() {
  const error = useRouteError();
  return (
    <div role="alert" className={css.page}>
      <h1>This page could not be shown</h1>
      <p>A newer version may have been installed meanwhile. Load it again; nothing that you sent is lost.</p>
      <button type="button" className={controls.primary} onClick={() => { window.location.reload(); }}>Load again</button>
      {error instanceof Error && <p className={css.detail}>{error.message}</p>}
    </div>
  );
}
