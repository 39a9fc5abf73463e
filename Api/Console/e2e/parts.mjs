// What a person does, in order. `general` holds against any server; `staged` needs the test server's stage directions.
import { chosen } from './chosen.mjs';
import { pages, stagedPages } from './pages.mjs';
import { panelParts } from './panels.mjs';

export const box = (page) => page.getByRole('textbox', { name: 'Message' });
/** Asks, and answers how many turns there were before: a fast model may be done before anybody could see it write. */
export const ask = async (page, text) => {
  const before = await page.locator('article').count();
  await box(page).fill(text);
  await page.keyboard.press('Enter');
  return before;
};
/** The final state and not a state on the way: no answer is being written any more, and the last question has one. */
export const complete = (page, ms = 20_000, before = 0) => page.waitForFunction((n) => {
  const turns = document.querySelectorAll('article'), last = turns[turns.length - 1];
  return turns.length > n && [...document.querySelectorAll('[role=status]')].some((e) => e.textContent === 'Answer complete') && last?.querySelector('[aria-label="Copy this answer"], [data-kind]') != null;
}, before, { timeout: ms });
const writing = (page) => page.getByText('An answer is being written').waitFor({ state: 'attached', timeout: 10_000 });
const pill = (page, word) => page.getByRole('status').filter({ hasText: word }).first().waitFor({ timeout: 10_000 });
export const fresh = async ({ page, phone }) => {
  if (phone && !(await page.getByRole('link', { name: 'New conversation' }).isVisible())) await page.getByRole('link', { name: 'Chat', exact: true }).click();
  await page.getByRole('link', { name: 'New conversation' }).click();
  await page.getByRole('radio', { checked: true }).waitFor();
};
/** A manual conversation with one expert: what is staged is then the same each time. */
const withExpert = async (t) => { await fresh(t); await t.page.getByRole('radio').nth(1).check(); };
const answered = async (t, question) => { await withExpert(t); await complete(t.page, 20_000, await ask(t.page, question)); };


const signIn = async ({ page, base, key, check, shot, audit, theme }) => {
  await page.goto(`${base}/console/`);
  await page.getByRole('heading', { name: 'Sign in to Colloquy' }).waitFor();
  check(await page.evaluate(() => document.documentElement.dataset.theme) === theme, 'theme not applied');
  await page.getByLabel('API key').fill('not-a-key');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await shot('sign-in-refused');
  await audit('sign-in');
  await page.getByLabel('API key').fill(key);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Conversations' }).waitFor();
  await page.waitForTimeout(400);
};

const general = {
  'sign in': signIn,
  'new conversation': async (t) => {
    const { page, shot, audit, phone } = t;
    if (phone) { await shot('list'); await audit('list'); }
    await fresh(t);
    await page.getByRole('radio').last().check();
    await page.getByRole('radio').nth(1).check();
    await page.waitForTimeout(200);
    await shot('new');
    await audit('new');
  },
  'ask': async ({ page, shot, audit, real }) => {
    const before = await ask(page, real ? 'What has to be checked before treatment is started?' : 'What has to be checked before the first dose of spironolactone, on a bad line?');
    if (!real) await writing(page);
    await page.waitForTimeout(real ? 400 : 2300);
    await shot('streaming');
    await complete(page, 120_000, before);
    await page.waitForTimeout(300);
    await shot('done');
    await audit('done');
  },
  'citation': async ({ page, shot, audit, check }) => {
    const pills = page.getByRole('button', { name: /^Source \d/ });
    if (await pills.count() === 0) return; // a real server without knowledge cites nothing
    await pills.first().click();
    const open = page.getByRole('button', { name: 'Open document' });
    await open.waitFor();
    await page.waitForTimeout(200);
    await shot('cite');
    await audit('cite');
    await open.click();
    await page.locator('dialog mark').waitFor();
    await page.waitForTimeout(250);
    await shot('document');
    await audit('document');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    check(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Source')), 'focus does not return to the mark');
  },
  'copy and export': async ({ page, check }) => {
    await page.getByRole('button', { name: 'Copy this answer' }).last().click();
    check((await page.evaluate(() => navigator.clipboard.readText())).length > 20, 'nothing was copied');
    await page.getByRole('button', { name: 'Conversation actions' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export' }).click()]);
    check(download.suggestedFilename().endsWith('.jsonl'), `export is named ${download.suggestedFilename()}`);
  },
  'reload in the middle': async ({ page, check, real }) => {
    const before = await ask(page, real ? 'Explain this at length, with every exception.' : 'Tell it at length: the long version');
    if (!real) await writing(page);
    // Where the address of a new conversation is still to come, a reload would ask nothing.
    await page.waitForFunction((n) => document.querySelectorAll('article').length > n, before);
    await page.waitForTimeout(real ? 300 : 1800);
    await page.reload();
    if (!real) { await writing(page); await pill(page, 'Resumed'); }
    await complete(page, 120_000, before);
    if (!real) {
      const parts = (await page.locator('article').last().innerText()).match(/Part \d+/g) ?? [];
      check(parts.length === 16 && new Set(parts).size === 16, `answer after a reload has parts ${parts.join()}`);
    }
  },
  'fork, rename, delete': async ({ page, phone, shot, audit, check }) => {
    const before = page.url();
    await page.getByRole('button', { name: 'Fork from this answer' }).first().click();
    await page.waitForURL((u) => u.href !== before);
    await page.waitForTimeout(600); // the address changes before the page does
    // A fork goes on by itself: what it inherited stands first, its own question last.
    await complete(page);
    const inherited = await page.locator('article').count();
    await complete(page, 120_000, await ask(page, 'And what follows from that?'));
    check(await page.locator('article').count() === inherited + 1 && (await page.locator('article').last().innerText()).includes('And what follows'), 'the fork does not end with its own question');
    await page.reload();
    await complete(page);
    check((await page.locator('article').last().innerText()).includes('And what follows'), 'the fork is out of order after a reload');
    await page.getByRole('button', { name: 'Conversation actions' }).click();
    await page.waitForTimeout(150);
    await shot('menu');
    await audit('menu');
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('A road not taken');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'A road not taken', level: 1 }).waitFor();
    for (const url of [page.url(), before]) {
      await page.goto(url);
      await page.getByRole('button', { name: 'Conversation actions' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('dialog').waitFor();
      if (url === before) { await page.waitForTimeout(150); await shot('delete'); await audit('delete'); }
      check(await page.evaluate(() => document.activeElement?.textContent) === 'Keep it', 'the safe choice has no focus');
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.waitForURL(/\/console\/sessions$/);
    }
    if (phone) await page.getByRole('heading', { name: 'Conversations' }).waitFor();
  },
};

const staged = {
  'resume after a drop': async (t) => {
    const { page, streams, check } = t;
    const from = streams.length;
    await withExpert(t);
    await ask(page, 'Does the answer survive a bad line?');
    await writing(page);
    await pill(page, 'Resumed');
    await complete(page);
    const ids = streams.slice(from).map((h) => h['last-event-id'] ?? null);
    check(ids.length === 2 && ids[0] === null && parseInt(ids[1], 10) > 3, `resume: ${JSON.stringify(ids)}`);
    const text = await page.locator('article').last().innerText();
    check(text.includes('missed check') && (text.match(/Short answer/g) ?? []).length === 1, 'answer incomplete or doubled');
    check(await page.locator('article img, article script').count() === 0, 'image or script came through');
  },
  'reset and gap': async (t) => {
    for (const word of ['second thought', 'missing piece']) {
      await answered(t, `What is checked before the first dose? With a ${word}.`);
      const text = await t.page.locator('article').last().innerText();
      t.check((text.match(/Short answer/g) ?? []).length === 1 && text.includes('missed check'), `${word}: answer incomplete or doubled`);
    }
  },
  'stop, queue, interrupt': async (t) => {
    const { page, shot, audit, check } = t;
    await withExpert(t);
    await ask(page, 'The long version, please');
    await page.getByText('Part 2.').waitFor();
    await ask(page, 'And which variation type applies? At length, please.');
    await page.getByText('In the queue.').waitFor();
    await box(page).fill('This is more urgent');
    await page.waitForTimeout(200);
    await shot('queued');
    await audit('queued');
    await page.getByRole('button', { name: 'How to send' }).click();
    await page.waitForTimeout(150);
    await shot('how');
    await page.getByRole('menuitem', { name: /Interrupt/ }).click();
    await page.getByText('Interrupted by the next question.').waitFor();
    await page.getByText('Part 2.').nth(1).waitFor();
    await page.getByRole('button', { name: 'Stop answering' }).click();
    await page.getByText('Stopped before it was complete.').waitFor();
    await complete(page);
    const order = await page.locator('article').evaluateAll((all) => all.map((a) => a.innerText.includes('Short answer')));
    check(JSON.stringify(order) === '[false,false,true]', `answers stand at ${JSON.stringify(order)}`);
  },
  'failures': async (t) => {
    const { page, shot, audit } = t;
    await withExpert(t);
    await ask(page, 'This will fail');
    await page.getByText(/The answer failed/).waitFor();
    await ask(page, 'The server will refuse this one');
    await page.getByText(/Not sent\./).waitFor();
    await shot('failures');
    await audit('failures');
    await page.getByRole('button', { name: 'Edit' }).click();
    await box(page).and(page.locator(':focus, textarea')).waitFor();
    await page.goto(page.url().replace(/[^/]+$/, 'gone'));
    await page.getByText(/does not exist/).first().waitFor();
    await shot('gone');
    await audit('gone');
  },
  'list': async ({ page, phone, shot, audit, check }) => {
    await page.goto(`${new URL(page.url()).origin}/console/sessions`);
    await page.locator('li a').nth(5).waitFor();
    const search = page.getByRole('searchbox');
    const first = await page.locator('li a').count();
    await page.locator('li a').last().scrollIntoViewIfNeeded();
    await page.waitForFunction((n) => document.querySelectorAll('li a').length > n, first);
    await page.keyboard.press('Control+k');
    check(await search.evaluate((e) => e === document.activeElement), 'Ctrl+K does not search');
    await search.fill('apixaban');
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    await page.waitForTimeout(200);
    await shot('search');
    await search.fill('zebra');
    await page.getByText('Nothing found').waitFor();
    await search.fill('');
    await page.getByRole('heading', { name: 'Yesterday' }).or(page.getByRole('heading', { name: 'Today' })).first().waitFor();
    if (!phone) await page.keyboard.press('ArrowDown');
    await search.fill('part 1');
    await search.fill('Supplier');
    await page.getByRole('heading', { name: 'Results' }).waitFor();
    await page.waitForTimeout(300);
    await page.locator('li a').filter({ hasText: /^Supplier change, type IB or II\d/ }).or(page.locator('li a').filter({ hasText: 'Question number 40' })).first().click();
    await page.getByRole('button', { name: 'Show earlier messages' }).waitFor();
    await shot('history');
    await page.locator('[role=log]').evaluate((e) => { e.scrollTop = 0; });
    await page.getByRole('button', { name: 'Show earlier messages' }).click();
    await page.getByText('Question number 1 about').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Latest message' }).waitFor();
    await audit('history');
  },
  'theme, account, refusal': async ({ page, base, theme, shot, audit, check }) => {
    await page.goto(`${base}/console/sessions`);
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.waitForTimeout(150);
    await shot('theme');
    const other = theme === 'dark' ? 'Light' : 'Dark';
    await page.getByRole('menuitemradio', { name: other }).click();
    check(await page.evaluate(() => document.documentElement.dataset.theme) === other.toLowerCase(), 'menu does not switch the theme');
    await page.getByRole('button', { name: 'Account' }).click();
    await page.waitForTimeout(150);
    await audit('account');
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Colloquy' }).waitFor();
    check(await page.evaluate(() => sessionStorage.length + localStorage.length) <= 2, 'something is left after signing out');
    await page.evaluate(() => { sessionStorage.setItem('colloquy.key', 'revoked'); });
    await page.reload();
    await page.getByText('Your key is no longer accepted').waitFor();
    await shot('revoked');
  },
};

// The last part signs out.
const { 'theme, account, refusal': leave, ...stagedChat } = staged;
export const parts = (real) => real ? { ...general, ...pages } : { ...general, ...stagedChat, ...chosen, ...pages, ...stagedPages, ...panelParts, 'theme, account, refusal': leave };

