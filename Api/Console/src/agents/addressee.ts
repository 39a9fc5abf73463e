import type { Addressee, Session } from '../api/types';
import { auto } from './queries';

/** The choice of a picker as the service takes it. */
export const addresseeOf = (choice: string): Addressee => choice === auto ? { mode: 'auto' } : { mode: 'manual', agent: choice };

/** Whom a conversation asks when a message names nobody. */
export const homeOf = (s: Pick<Session, 'agent' | 'mode'> | undefined): string => s === undefined ? '' : s.mode === 'auto' ? auto : s.agent ?? '';
