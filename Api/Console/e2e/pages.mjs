// Experts, knowledge and memory. `pages` holds against any server; `stagedPages` needs what the test server holds.
const open = async ({ page, base }, path) => { await page.goto(`${base}/console${path}`); await page.waitForTimeout(500); };

export const pages = {
  'experts': async (t) => {
    const { page, shot, audit } = t;
    await open(t, '/experts');
    await page.getByRole('list', { name: 'Experts' }).getByRole('link').first().waitFor();
    await shot('experts');
    await audit('experts');
    await page.getByRole('searchbox', { name: 'Search experts' }).fill('a change of the supplier');
    await page.getByRole('list', { name: 'Found experts' }).getByRole('link').first().click();
    await page.getByText(/^Found for/).waitFor();
    await page.getByText('Judgements', { exact: true }).waitFor();
    await page.waitForTimeout(200);
    await shot('expert-found');
    await audit('expert-found');
    await open(t, '/experts/choice?q=How%20is%20potassium%20followed%20after%20starting%20an%20MRA%3F');
    await page.getByRole('list', { name: 'Candidates' }).waitFor();
    await page.getByRole('table').waitFor();
    await page.locator('summary').first().click();
    await page.waitForTimeout(200);
    await shot('choice');
    await audit('choice');
  },
  'knowledge': async (t) => {
    const { page, shot, audit } = t;
    await open(t, '/knowledge');
    await page.getByRole('list', { name: 'Collections' }).getByRole('link').first().waitFor();
    await shot('knowledge');
    await audit('knowledge');
    await open(t, '/knowledge/search?q=serum%20potassium%20before%20treatment');
    await page.locator('blockquote').first().waitFor();
    await page.getByText('Why it stands here').first().click();
    await page.waitForTimeout(200);
    await shot('hits');
    await audit('hits');
    await page.locator('article h3 button').first().click();
    await page.locator('dialog mark').waitFor();
    await page.keyboard.press('Escape');
  },
  'memory': async (t) => {
    const { page, shot, audit } = t;
    await open(t, '/memory');
    await page.getByRole('heading', { name: 'Memory' }).waitFor();
    await page.waitForTimeout(300);
    await shot('memory');
    await audit('memory');
  },
};

export const stagedPages = {
  'calibration': async (t) => {
    await open(t, '/experts/is/medical-specialist');
    await t.page.getByText('Calibrated', { exact: true }).waitFor();
    await t.page.getByRole('img', { name: /Reliability/ }).scrollIntoViewIfNeeded();
    await t.page.waitForTimeout(200);
    await t.shot('calibration');
    await t.audit('calibration');
    await t.page.getByRole('link', { name: 'Ask', exact: true }).click();
    await t.page.getByRole('radio', { name: /Medical Specialist/, checked: true }).waitFor();
  },
  'filters': async (t) => {
    const { page, shot, audit, check } = t;
    await open(t, '/knowledge/search?q=serum%20potassium');
    await page.locator('blockquote').first().waitFor();
    const all = await page.locator('blockquote').count();
    await page.getByText('Filters', { exact: true }).click();
    await page.getByLabel('Evidence at least').selectOption('1');
    await page.getByLabel('Jurisdiction').fill('eu');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.waitForFunction((n) => { const now = document.querySelectorAll('blockquote').length; return now > 0 && now < n; }, all);
    await page.waitForTimeout(200);
    await shot('filters');
    await audit('filters');
    check(page.url().includes('evidence=1') && page.url().includes('jurisdiction=eu'), 'the address does not hold the filters');
  },
  'upload': async (t) => {
    const { page, shot, audit, check } = t;
    await open(t, '/knowledge');
    await page.getByRole('button', { name: 'New collection' }).click();
    await page.getByLabel('Name').fill('Night shift');
    await page.waitForTimeout(150);
    await shot('new-collection');
    await audit('new-collection');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Night shift', level: 1 }).waitFor();
    const file = (name, text) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
    await page.locator('input[type=file]').setInputFiles([...[1, 2, 3, 4].map((i) => file(`slow ${i}.md`, `# Night order ${i}\n\nPotassium is checked at midnight by the nurse in charge, and the value is read out to a second person.`)), file('broken.pdf', '%PDF-1.7'), file('picture.png', 'x')]);
    await page.getByRole('heading', { name: 'Add 5 documents' }).waitFor();
    await page.getByText('What is known of all of them').click();
    await page.getByLabel('Evidence level').selectOption('4');
    await page.waitForTimeout(150);
    await shot('upload');
    await audit('upload');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText(/^[12] of 5/).waitFor();
    await page.waitForTimeout(300);
    await shot('ingest');
    await audit('ingest');
    await page.reload();
    await page.getByRole('progressbar').waitFor();
    await page.getByText('Taken in, but not all of 5 documents').waitFor({ timeout: 15_000 });
    await page.getByText('The PDF ends before its cross-reference table.').waitFor();
    await page.getByRole('button', { name: /^Night order 4/ }).waitFor();
    await page.waitForTimeout(300);
    await shot('ingested');
    await audit('ingested');
    await page.getByRole('button', { name: 'Put away' }).click();
    await page.locator('input[type=file]').setInputFiles([7, 8, 9].map((i) => file(`slow ${i}.md`, `# Night order ${i}\n\n${'Read out twice. '.repeat(9)}`)));
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText(/^1 of 3/).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText(/^Cancelled/).waitFor();
    await page.getByRole('button', { name: 'Delete Night order 2' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: /^Night order 2/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Collection actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').waitFor();
    check(await page.evaluate(() => document.activeElement?.textContent) === 'Keep it', 'the safe choice has no focus');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.waitForURL(/\/console\/knowledge$/);
    await open(t, '/knowledge/in/ward-notes');
    await page.getByRole('list', { name: /Documents of/ }).waitFor();
    await shot('collection');
    await audit('collection');
    await page.getByText('Procedure 34', { exact: false }).first().scrollIntoViewIfNeeded().catch(() => page.getByRole('button', { name: 'Show more' }).click());
    await page.getByText('Procedure 34', { exact: false }).first().waitFor();
  },
  'facts': async (t) => {
    const { page, shot, audit, check } = t;
    await open(t, '/memory');
    await page.getByRole('button', { name: /^Confirm: The user prescribes/ }).click();
    await page.getByRole('list', { name: 'Remembered' }).getByText('The user prescribes').waitFor();
    await page.getByRole('button', { name: /^Correct: The user specialises/ }).click();
    await page.getByLabel('What', { exact: true }).fill('cardiology');
    check(await page.getByLabel('As a sentence').inputValue() === 'The user specialises in cardiology.', 'the sentence does not follow');
    await page.waitForTimeout(150);
    await shot('correct');
    await audit('correct');
    await page.getByRole('button', { name: 'Correct', exact: true }).click();
    await page.getByText('The user specialises in cardiology.').waitFor();
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByText('Now: The user specialises in cardiology.').waitFor();
    await page.waitForTimeout(200);
    await shot('history-of-facts');
    await audit('history-of-facts');
    await page.getByRole('link', { name: 'Graph' }).click();
    await page.getByRole('img', { name: /entities/ }).waitFor();
    await page.waitForTimeout(200);
    await shot('graph');
    await audit('graph');
    await page.getByRole('list', { name: 'Relations' }).getByRole('button', { name: 'hyperkalaemia' }).first().click();
    await page.getByRole('heading', { name: 'Around hyperkalaemia' }).waitFor();
    await page.getByLabel('Steps').selectOption('2');
    await page.waitForTimeout(300);
    await shot('graph-around');
    await audit('graph-around');
    await page.getByRole('link', { name: 'Remembered' }).click();
    await page.getByRole('searchbox').fill('Stockholm');
    await page.getByRole('list', { name: 'Found' }).getByText('Karolinska is in Stockholm.').waitFor();
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: /^Erase: Karolinska is/ }).click();
    await page.getByRole('button', { name: 'Erase', exact: true }).click();
    await page.getByText('Karolinska is in Stockholm.', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Memory actions' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export' }).click()]);
    check(download.suggestedFilename() === 'memory.jsonl', `memory is exported as ${download.suggestedFilename()}`);
    await page.getByRole('button', { name: 'Memory actions' }).click();
    await page.getByRole('menuitem', { name: 'Erase everything' }).click();
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(150);
    await shot('erase-all');
    await audit('erase-all');
    await page.getByRole('button', { name: 'Erase everything', exact: true }).click();
    await page.getByText('Nothing is remembered').waitFor();
    await page.getByRole('link', { name: 'Shared by everyone' }).click();
    await page.getByText('Potassium is given in mmol/L').waitFor();
  },
};
