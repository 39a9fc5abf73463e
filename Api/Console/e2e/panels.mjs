// The panel room. `panelParts` needs the test server: it holds panels of every kind, and stages what happens.
const open = async ({ page, base }, path) => { await page.goto(`${base}/console${path}`); await page.waitForTimeout(400); };
/** Scrolls the page's own column, which is what moves. */
const down = (page, by = 100_000) => page.locator('[role=region][tabindex="0"]').first().evaluate((e, y) => { e.scrollTop = y; }, by);
const past = async (t, words) => { await open(t, '/panels'); if (!t.phone) await t.page.getByRole('link', { name: words }).click(); else await t.page.getByRole('link', { name: words }).click(); await t.page.getByRole('heading', { name: 'Minority report' }).waitFor(); await t.page.waitForTimeout(300); };
const ask = async (t, question, { protocol, people = [], options = [], rule, choose = true } = {}) => {
  const { page } = t;
  await open(t, '/panels/new');
  await page.getByRole('textbox', { name: 'Question' }).fill(question);
  if (protocol) await page.getByRole('radio', { name: new RegExp(`^${protocol}`) }).check();
  if (choose) { await page.getByRole('radio', { name: /^Choose experts/ }).check(); for (const n of ['Medical Specialist', 'Regulatory Expert', 'Clinical Researcher']) await page.getByRole('checkbox', { name: new RegExp(n) }).check(); }
  for (const name of people) { await page.getByRole('button', { name: 'Add a person' }).click(); await page.getByRole('textbox', { name: /^People, / }).last().fill(name); }
  if (rule) await page.getByRole('radio', { name: new RegExp(`^${rule}`) }).check();
  for (const text of options) { await page.getByRole('button', { name: 'Add an option' }).click(); await page.getByRole('textbox', { name: /^Options, / }).last().fill(text); }
};
const convene = async (t, ...more) => { await ask(t, ...more); await t.page.getByRole('button', { name: 'Convene', exact: true }).click(); await t.page.getByRole('heading', { level: 2, name: more[0] }).waitFor({ state: 'attached' }); };
const ended = (page) => page.getByText(/The panel has ended: /).waitFor({ state: 'attached', timeout: 60_000 });
const writing = (page, n) => page.waitForFunction((k) => document.querySelectorAll('article[data-kind="writing"]').length >= k, n, { timeout: 15_000 });

export const panelParts = {
  'panels, list and form': async (t) => {
    const { page, shot, audit, phone, check } = t;
    await open(t, '/panels');
    await page.getByRole('list', { name: 'Panels' }).getByRole('link').nth(3).waitFor();
    await shot('panels');
    await audit('panels');
    await ask(t, 'Is a waiver compose nobody', { protocol: 'Vote', options: ['Only this one'] });
    await shot('convene');
    await down(page, 620);
    await page.waitForTimeout(200);
    await shot('convene-below');
    await audit('convene');
    await page.getByRole('button', { name: 'Convene', exact: true }).click();
    await page.getByText('At least 2 options, or none.').first().waitFor();
    await page.waitForTimeout(400);
    await shot('convene-refused');
    await audit('convene-refused');
    await page.getByRole('button', { name: 'Remove line 1' }).click();
    await page.getByRole('button', { name: 'Convene', exact: true }).click();
    await page.getByText('Too few experts cover this question.').first().waitFor();
    check(await page.getByRole('textbox', { name: 'Question' }).inputValue() === 'Is a waiver compose nobody', 'the form lost the question');
    if (phone) await page.getByRole('link', { name: 'Back to the panels' }).click();
  },
  'panel room, live': async (t) => {
    const { page, shot, audit, check } = t;
    await convene(t, 'When is potassium measured again, with a late seat, a second thought and a missing piece?', { protocol: 'Vote' });
    await writing(page, 2);
    const tops = () => page.locator('article[data-kind]').evaluateAll((all) => all.map((a) => Math.round(a.getBoundingClientRect().top) + a.offsetHeight));
    const before = await tops();
    await page.waitForTimeout(900);
    await shot('room-streaming');
    await audit('room-streaming');
    check(JSON.stringify(before) === JSON.stringify(await tops()), 'cards move while seats are writing');
    await page.getByText('Did not answer in time').waitFor();
    await page.getByRole('textbox', { name: 'Steer the panel' }).fill('Leave prices out of it.');
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'What the panel was told' }).waitFor();
    await page.waitForTimeout(300);
    await shot('room-steered');
    await ended(page);
    check((await page.locator('article[data-kind]').first().innerText()).includes('Votes for'), 'the last round shows no ballot');
    await page.waitForTimeout(300);
    await shot('room-ended');
    await audit('room-ended');
    await page.getByRole('list').filter({ has: page.getByText('Drafts', { exact: true }) }).getByRole('link').first().click();
    await page.getByText('You are looking back at round 1.').waitFor();
    check((await page.locator('article[data-kind]').first().innerText()).match(/belong before/g)?.length === 1, 'a draft is not there exactly once');
    await page.getByRole('button', { name: /^Everything from/ }).first().click();
    await page.getByText('Its own notes').waitFor();
    await page.waitForTimeout(250);
    await shot('seat');
    await audit('seat');
    // A source opens from within the sheet, and Escape leads back step by step.
    await page.locator('dialog').getByRole('button', { name: /^Source 1/ }).first().click();
    await page.waitForTimeout(200);
    await shot('seat-cite');
    await page.getByRole('button', { name: 'Open document' }).click();
    await page.locator('dialog mark').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog mark').waitFor({ state: 'detached' });
    await page.getByText('Its own notes').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'See the outcome' }).click();
    await page.getByRole('heading', { name: 'Minority report' }).waitFor();
  },
  'panel room, reload and a bad line': async (t) => {
    const { page, streams, check } = t;
    const from = streams.length;
    await convene(t, 'Does the panel survive a bad line?', { protocol: 'Consensus' });
    await writing(page, 1);
    await page.getByRole('status').filter({ hasText: 'Resumed' }).first().waitFor();
    const ids = streams.slice(from).map((h) => h['last-event-id'] ?? null);
    check(ids.length === 2 && ids[0] === null && parseInt(ids[1], 10) >= 3, `resume: ${JSON.stringify(ids)}`);
    await writing(page, 1);
    await page.reload();
    await writing(page, 1);
    await ended(page);
    const drafts = await page.locator('article[data-kind]').allInnerTexts();
    check(drafts.every((d) => (d.match(/belong before/g) ?? []).length <= 1), 'a text is doubled after a reload');
    check(drafts.length === 3 && drafts.every((d) => /Revision/.test(d)), 'the last round is not whole');
  },
  'panel room, a person': async (t) => {
    const { page, shot, audit, check } = t;
    await convene(t, 'In which order should they be changed, at once?', { protocol: 'Vote', rule: 'Borda', people: ['Dr Weber'], options: ['The old licence first', 'The new licence first', 'All on one day'] });
    await page.getByRole('button', { name: 'Answer for Dr Weber' }).click();
    await page.getByLabel('Your position in a few words').fill('Old first');
    await page.getByLabel('Your answer').fill('The old licence carries the risk.');
    await page.waitForTimeout(250);
    await shot('person-draft');
    await audit('person-draft');
    await page.getByRole('button', { name: 'Say it' }).click();
    await page.getByText('is asked: ballot, round 2').waitFor();
    await page.waitForTimeout(200);
    await shot('room-asked');
    await audit('room-asked');
    await page.getByRole('button', { name: 'Answer for Dr Weber' }).click();
    const grip = page.getByRole('button', { name: /^C.*Place 3/ });
    await grip.focus();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('button', { name: /^C.*Place 2/ }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('button', { name: /^C.*Place 1/ }).waitFor();
    await page.getByRole('list', { name: /Your ranking/ }).scrollIntoViewIfNeeded();
    await page.waitForTimeout(200);
    await shot('person-ballot');
    await audit('person-ballot');
    await page.getByRole('button', { name: 'Cast the vote' }).click();
    await ended(page);
    const card = await page.getByRole('article', { name: 'Dr Weber, member' }).innerText();
    check(/Ranks\s+C/.test(card.replace(/\n/g, ' ')), `the ballot is not the ranking: ${card.slice(0, 200)}`);
  },
  'panel room, cancel and delete': async (t) => {
    const { page, shot, check } = t;
    await convene(t, 'Is there nothing to be said?');
    await writing(page, 1);
    await page.getByRole('button', { name: 'Panel actions' }).click();
    await page.getByRole('menuitem', { name: 'Cancel the panel' }).click();
    await page.getByRole('dialog').waitFor();
    check(await page.evaluate(() => document.activeElement?.textContent) === 'Let it go on', 'the safe choice has no focus');
    await page.getByRole('button', { name: 'Cancel the panel', exact: true }).click();
    await page.getByText('The panel was cancelled before').waitFor();
    await page.waitForTimeout(200);
    await shot('room-cancelled');
    await page.getByRole('button', { name: 'Panel actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.waitForURL(/\/console\/panels$/);
    await open(t, '/panels/in/pn-gone');
    await page.getByText('No such panel').waitFor();
  },
  'panel outcomes': async (t) => {
    const { page, shot, audit, check } = t;
    for (const [words, name] of [[/new supplier of the active substance/, 'vote'], [/patients are needed/, 'delphi'], [/potassium be measured again/, 'consensus'], [/risk management plan fit/, 'review'], [/waiver be requested/, 'adversarial']]) {
      await past(t, words);
      await shot(`outcome-${name}`);
      await audit(`outcome-${name}`);
      if (name === 'adversarial') continue;
      await page.getByRole('heading', { name: 'How it was decided' }).evaluate((e) => { e.scrollIntoView({ block: 'start' }); });
      await page.waitForTimeout(200);
      await shot(`outcome-${name}-rule`);
      if (name !== 'vote') continue;
      await page.locator('summary').first().click();
      const rate = page.getByRole('button', { name: /^This position of .* is right$/ }).first();
      await rate.click();
      await page.getByText('Thank you').waitFor();
      check(await rate.getAttribute('aria-pressed') === 'true', 'a seat cannot be rated');
      await down(page);
      await page.waitForTimeout(200);
      await shot('outcome-vote-end');
      await page.getByRole('button', { name: /^Source 1/ }).first().click();
      await page.getByRole('button', { name: 'Open document' }).click();
      await page.locator('dialog mark').waitFor();
      await page.keyboard.press('Escape');
    }
  },
  'standing panels': async (t) => {
    const { page, shot, audit } = t;
    await open(t, '/panels/standing');
    await page.getByRole('link', { name: /Cardiorenal board/ }).waitFor();
    await shot('standings');
    await audit('standings');
    await page.getByRole('button', { name: 'Found one' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Supplier council');
    for (const n of ['Regulatory Expert', 'Fact Checker']) await page.getByRole('checkbox', { name: new RegExp(n) }).check();
    await page.waitForTimeout(150);
    await shot('standing-new');
    await audit('standing-new');
    await page.getByRole('button', { name: 'Found it' }).click();
    await page.getByRole('heading', { name: 'Supplier council' }).waitFor();
    await page.getByText('No precedents yet').waitFor();
    await page.getByRole('button', { name: 'Standing panel actions' }).click();
    await page.getByRole('menuitem', { name: 'Dissolve' }).click();
    await page.getByRole('button', { name: 'Dissolve', exact: true }).click();
    await page.waitForURL(/\/panels\/standing$/);
    await page.getByRole('link', { name: /Cardiorenal board/ }).click();
    await page.getByRole('table').waitFor();
    await page.waitForTimeout(200);
    await shot('standing');
    await audit('standing');
    await page.getByRole('link', { name: 'Convene', exact: true }).click();
    await page.getByRole('combobox', { name: 'Standing panel' }).waitFor();
  },
};
