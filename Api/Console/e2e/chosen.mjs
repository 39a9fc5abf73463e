// Mode auto: who was chosen, why, whom to ask instead; and what is said of an answer.
import { ask, complete, fresh } from './parts.mjs';

const answer = (page) => page.locator('article').last();

export const chosen = {
  'at once': async (t) => {
    await fresh(t);
    for (let i = 0; i < 3; i++) await complete(t.page, 20_000, await ask(t.page, `Which variation type covers a change of the supplier, at once? ${i}`));
    t.check(await t.page.locator('article').count() === 3, 'answers that come at once are lost');
  },
  'choose for me': async (t) => {
    const { page, shot, audit, check } = t;
    await fresh(t);
    await page.getByRole('radio', { name: /^Choose for me/ }).check();
    await shot('new-auto');
    await complete(page, 30_000, await ask(page, 'How is potassium followed after starting an MRA?'));
    check((await answer(page).innerText()).includes('Medical Specialist'), 'not answered by the expert who fits');
    await page.getByRole('button', { name: 'chosen for you, why?' }).click();
    await page.getByText('One expert fits best').waitFor();
    await page.waitForTimeout(200);
    await shot('why');
    await audit('why');
    await page.getByRole('button', { name: 'This choice is wrong' }).click();
    await page.getByLabel('Who would have been right?').selectOption('regulatory-expert');
    await page.waitForTimeout(150);
    await shot('why-wrong');
    await audit('why-wrong');
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('heading', { name: /What is wrong/ }).waitFor({ state: 'detached' });
    if (!(await page.getByText('One expert fits best').isVisible())) await page.getByRole('button', { name: 'chosen for you, why?' }).click();
    const before = await page.locator('article').count();
    await page.getByRole('button', { name: /^Ask .* instead$/ }).first().click();
    await complete(page, 30_000, before);
    check(!(await answer(page).innerText()).includes('Medical Specialist\n'), 'asking somebody else asks the same one');
  },
  'two quotes of one source': async ({ page, check }) => {
    const marks = answer(page).getByRole('button', { name: /^Source 1:/ });
    const quotes = [];
    for (const i of [0, 1]) {
      await marks.nth(i).click();
      quotes.push(await page.locator('blockquote[tabindex]').innerText());
      await page.keyboard.press('Escape');
      await page.locator('blockquote[tabindex]').waitFor({ state: 'detached' });
    }
    check(quotes[0].startsWith('Serum') && quotes[1].startsWith('the dose'), `the two quotes of source 1 are ${JSON.stringify(quotes)}`);
  },
  'feedback': async ({ page, shot, audit, check }) => {
    const up = page.getByRole('button', { name: 'This answer is right' }).last(), down = page.getByRole('button', { name: 'This answer is wrong' }).last();
    await up.click();
    await page.getByText('Thank you').first().waitFor();
    check(await up.getAttribute('aria-pressed') === 'true', 'a thumb up does not stay');
    await down.click();
    await page.getByRole('textbox', { name: 'Comment' }).fill('The first check comes too late.');
    await shot('feedback');
    await audit('feedback');
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    check(await down.getAttribute('aria-pressed') === 'true' && await up.getAttribute('aria-pressed') === 'false', 'a thumb down does not take the other’s place');
    await page.waitForTimeout(200);
    await shot('rated');
    await audit('rated');
  },
  'asked back, and nobody': async (t) => {
    const { page, shot, audit } = t;
    await fresh(t);
    await page.getByRole('radio', { name: /^Choose for me/ }).check();
    await complete(page, 30_000, await ask(page, 'Which one applies here?'));
    await page.getByRole('button', { name: /^Ask / }).first().waitFor();
    await complete(page, 30_000, await ask(page, 'What will the weather be?'));
    await page.getByText('None of the experts here covers this').waitFor();
    await page.waitForTimeout(200);
    await shot('asked-back');
    await audit('asked-back');
    // By name, in the same conversation.
    await page.getByLabel('Whom to ask').selectOption('fact-checker');
    await complete(page, 30_000, await ask(page, 'Then you: what has to be checked?'));
    t.check((await answer(page).innerText()).includes('Fact Checker'), 'a message by name goes elsewhere');
    await page.reload();
    await complete(page);
    await page.locator('article').first().getByRole('button', { name: 'why?' }).click();
    await page.getByText('It is not clear whom to ask').waitFor();
    await page.keyboard.press('Escape');
  },
};
