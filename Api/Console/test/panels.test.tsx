import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Panel, SeatBrief } from '../src/api/panels';
import { Problem } from '../src/api/problem';
import { errorsOf, newDraft, requestOf, withStanding } from '../src/panels/convene/draft';
import { PanelFollowing } from '../src/panels/following';
import { ticksOf } from '../src/panels/outcome/Spread';
import { answerOf, blank, lacking, moved, wanted } from '../src/panels/person/answering';
import { AnswerSheet } from '../src/panels/person/AnswerSheet';
import { Ranking } from '../src/panels/person/Ranking';
import { standingOf } from '../src/panels/room';
import { SeatCard } from '../src/panels/SeatCard';
import { left } from '../src/panels/words';

afterEach(() => { vi.unstubAllGlobals(); });
const around = (ui: ReactNode) => render(<QueryClientProvider client={new QueryClient()}><MemoryRouter>{ui}</MemoryRouter></QueryClientProvider>);

describe('a request to convene', () => {
  it('says only what its protocol knows, and only what was said', () => {
    expect(requestOf(' Why? ', newDraft)).toEqual({ question: 'Why?', protocol: 'parallel' });
    expect(requestOf('Why?', { ...newDraft, protocol: 'vote', who: 'choose', agents: ['a', 'b'], people: ['Dr Weber', ' '], rule: 'borda', options: ['x', '', 'y'], criteria: ['no'], rounds: '3', personMinutes: '90', chair: 'a' }))
      .toEqual({ question: 'Why?', protocol: 'vote', agents: ['a', 'b'], people: ['Dr Weber'], rule: 'borda', options: ['x', 'y'], personSeconds: 5400 });
    expect(requestOf('Why?', { ...newDraft, protocol: 'delphi', threshold: '80', rounds: '4' })).toEqual({ question: 'Why?', protocol: 'delphi', threshold: 0.8, rounds: 4 });
  });
  it('takes the ways of a standing panel', () => {
    const d = withStanding(newDraft, { id: 'board', name: 'Board', agents: ['a'], protocol: 'vote', rule: 'weighted', cycles: 2, quorum: null, criteria: [], precedents: 0, createdAt: '', changedAt: '' });
    expect(requestOf('Why?', d)).toEqual({ question: 'Why?', protocol: 'vote', rule: 'weighted', standing: 'board' });
  });
  it('has what the server says against it at the field that it is about', () => {
    expect(errorsOf(new Problem(422, 'No', { fields: { 'Agents[1]': ['Unknown.'], quorum: ['Too many.', 'A number.'] } }))).toEqual({ agents: 'Unknown.', quorum: 'Too many. A number.' });
    expect(errorsOf(new Problem(422, 'Too few experts', { code: 'panel_cannot_compose' }))).toEqual({ agents: 'Too few experts' });
    expect(errorsOf(new Problem(402, 'The budget is used up', { code: 'over_budget' }))).toEqual({});
  });
});

const brief = (more: Partial<SeatBrief>): SeatBrief => ({ messageId: 'p.2.s3', seat: 's3', role: 'member', round: 2, cycle: 1, phase: 'ballot', question: 'Which?', instructions: 'Vote.', entries: [], options: [{ label: 'A', text: 'One' }, { label: 'B', text: 'Two' }], criteria: ['Soundness'], digest: null, steering: [], deadline: new Date(Date.now() + 60_000).toISOString(), ...more });

describe('a person’s answer', () => {
  it('is what its phase asks for', () => {
    const vote = wanted(brief({}), 'majority'), rank = wanted(brief({}), 'borda'), review = wanted(brief({ phase: 'review' }), null), guess = wanted(brief({ phase: 'estimate' }), null);
    expect(lacking(blank(vote), vote)).toBe('Choose one.');
    expect(answerOf(brief({}), { ...blank(vote), choice: 'B', stance: 'unasked', sure: 70 }, vote)).toEqual({ seat: 's3', round: 2, answer: '', choice: 'B', confidence: 0.7 });
    expect(answerOf(brief({}), blank(rank), rank)).toEqual({ seat: 's3', round: 2, answer: '', ranking: ['A', 'B'] });
    expect(lacking({ ...blank(review), text: 'Good', choice: 'minor' }, review)).toBe('Score Soundness.');
    expect(answerOf(brief({}), { ...blank(review), text: 'Good', choice: 'minor', scores: { Soundness: 4 }, points: ['More', ' '] }, review)).toEqual({ seat: 's3', round: 2, answer: 'Good', choice: 'minor', points: ['More'], scores: { Soundness: 4 } });
    expect(lacking({ ...blank(guess), estimate: 'many' }, guess)).toMatch(/number/);
    expect(answerOf(brief({}), { ...blank(guess), estimate: '12.5' }, guess)).toMatchObject({ estimate: 12.5 });
  });
  it('is sent once under the id of its message, and closes the form', async () => {
    const calls: { url: string; init: RequestInit }[] = [];
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => { calls.push({ url, init }); return Promise.resolve(Response.json({}, { status: 202 })); });
    HTMLDialogElement.prototype.showModal = function () { this.open = true; };
    HTMLDialogElement.prototype.close = function () { this.open = false; };
    const close = vi.fn(), panel = { id: 'p', rule: 'majority', seats: [{ id: 's3', agent: null, name: 'Dr Weber', role: 'member', weight: 1 }] } as unknown as Panel;
    around(<AnswerSheet panel={panel} ask={brief({})} onClose={close} />);
    await userEvent.click(screen.getByRole('button', { name: 'Cast the vote' }));
    expect(await screen.findByText('Choose one.')).toBeVisible();
    await userEvent.click(within(screen.getByRole('group', { name: 'Your vote' })).getByRole('radio', { name: /Two/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Cast the vote' }));
    await waitFor(() => { expect(close).toHaveBeenCalled(); });
    expect(calls.map((c) => [c.url, new Headers(c.init.headers).get('idempotency-key'), c.init.body])).toEqual([['/v1/panels/p/answers', 'p.2.s3', JSON.stringify({ seat: 's3', round: 2, answer: '', choice: 'B' })]]);
  });
});

describe('a ranking', () => {
  it('moves one place, and not beyond its ends', () => {
    expect(moved(['A', 'B', 'C'], 2, -1)).toEqual(['A', 'C', 'B']);
    const list = ['A', 'B'];
    expect(moved(list, 0, -1)).toBe(list);
    expect(moved(list, 1, 1)).toBe(list);
  });
  it('is made with the arrow keys, says so, and keeps the focus', async () => {
    function Held() { const [r, set] = useState<readonly string[]>(['A', 'B', 'C']); return <Ranking ranking={r} texts={new Map()} onChange={set} />; }
    render(<Held />);
    screen.getByRole('button', { name: /^C/ }).focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(await screen.findByText('C is now at place 2 of 3')).toBeInTheDocument();
    await waitFor(() => { expect(screen.getByRole('button', { name: /^C.*Place 2/ })).toHaveFocus(); });
  });
});

describe('a seat’s card', () => {
  const seat = { id: 's1', agent: 'a', name: 'Fact Checker', role: 'member', weight: 1 };
  const card = (p: Partial<Parameters<typeof SeatCard>[0]>) => around(<SeatCard seat={seat} round={undefined} standing={{ kind: 'listening' }} earlier={undefined} stance={undefined} spent={undefined} runId="run" open={() => { /* not here */ }} {...p} />);
  it('shows what was said with its evidence, and can be rated', () => {
    card({ spent: { inputTokens: 1200, outputTokens: 34 }, standing: { kind: 'said', words: { messageId: 'm', seat: 's1', round: 1, phase: 'draft', at: '', model: 'm', usage: { inputTokens: 0, outputTokens: 0 }, said: { text: 'It holds [1].', stance: 'Yes', confidence: 0.82, isCalibrated: true, citations: [{ n: 1, documentId: 'd', title: 'Guideline', quote: 'x', start: 0, end: 1, support: 'supported' }] } } } });
    expect(screen.getByText('Yes')).toBeVisible();
    expect(screen.getByText(/1,234 tokens/)).toBeVisible();
    expect(screen.getByRole('list', { name: 'Evidence' })).toHaveTextContent('Guideline');
    expect(screen.getByRole('button', { name: /^Source 1/ })).toBeVisible();
    expect(screen.getByRole('button', { name: 'This turn of Fact Checker is right' })).toBeVisible();
  });
  it('says why a seat is absent', () => {
    card({ standing: { kind: 'absent', missing: { seat: 's1', round: 1, reason: 'budget' } } });
    expect(screen.getByText(/Its budget is used up/)).toBeVisible();
  });
});

describe('PanelFollowing', () => {
  it('follows to the end over a lost connection, and then asks no more', async () => {
    const enc = new TextEncoder(), ev = (name: string, d: object, id?: number) => `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify({ ...d, ...(id === undefined ? {} : { seq: id }) })}\n\n`;
    const streams = [
      [ev('panel.convened', { charter: { seats: [] } }, 1), ev('panel.round.opened', { round: 1, cycle: 1, phase: 'draft', deadlines: { s1: '', s2: '' } }, 2), ev('message.delta', { seat: 's1', round: 1, messageId: 'm1', attempt: 1, offset: 0, text: 'One ' })],
      [ev('message.snapshot', { seat: 's1', round: 1, messageId: 'm1', attempt: 1, text: 'One two' }), ev('message.snapshot', { seat: 's2', round: 1, messageId: 'm2', attempt: 1, text: 'Other' }), ev('run.cancelled', { reason: 'requested' }, 3)],
    ].map((s) => s.join(''));
    const asked: (string | null)[] = [], seen: string[] = [];
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      if (!url.endsWith('/events')) return Promise.resolve(Response.json({ runId: 'run', seats: [], status: 'running' }));
      asked.push(new Headers(init.headers).get('last-event-id'));
      return Promise.resolve(new Response(enc.encode(`retry: 1\n\n${streams.shift() ?? ''}`), { headers: { 'content-type': 'text/event-stream' } }));
    });
    const f = new PanelFollowing('p', undefined, (name) => { seen.push(name); }), stop = f.start();
    await vi.waitFor(() => { expect(f.view().link).toBe('closed'); }, { timeout: 4000 });
    expect(asked).toEqual([null, '2']);
    expect(seen).toEqual(['panel.round.opened', 'run.cancelled']);
    expect([f.view().state.status, standingOf(f.view().state, 's1', f.view().state.rounds[0]).kind]).toEqual(['cancelled', 'listening']);
    stop();
  });
});

describe('figures', () => {
  it('count down as a clock does', () => {
    expect([0, 59_001, 65_000, 3_725_000, 50_000_000, 864_000_000].map((ms) => left(new Date(1e12 + ms).toISOString(), 1e12))).toEqual(['0:00', '1:00', '1:05', '1:02:05', '13 h', '10 days']);
    expect(left(new Date(1e12 - 5000).toISOString(), 1e12)).toBe('0:00');
  });
  it('stand on an axis of round numbers that holds them all', () => {
    expect(ticksOf(188, 276)).toEqual([180, 200, 220, 240, 260, 280]);
    expect(ticksOf(5, 5).length).toBeGreaterThan(1);
    expect(ticksOf(0.1, 0.32)).toEqual([0.1, 0.15, 0.2, 0.25, 0.3, 0.35]);
  });
});
