import { expect, test } from '../../fixtures/clinic';
import { comeToWait } from '../../fixtures/crowd';
import { QueuePage } from '../../pages/desk';

test('the queue is searched by name and reason, filtered by provider, language and state, and keeps what was chosen, not what was typed', async ({
  arrive,
  clinic,
}) => {
  test.setTimeout(90_000);
  const [crowd, provider] = [await arrive('patient'), await arrive('provider')];
  await comeToWait(crowd, clinic, ['Henry Adler', 'Fatima Rahimi'], { reducedMotion: 'reduce' });
  await clinic.logIn(provider.page, 'Lindqvist');
  const queue = new QueuePage(provider.page);
  await queue.interactive();
  const rows = provider.page.getByRole('main').getByRole('listitem').filter({ has: provider.page.getByRole('heading', { level: 3 }) });
  const search = provider.page.getByRole('search');
  const shown = search.locator('.queue__shown');
  const chosen = (name: string) => search.getByRole('combobox', { name, exact: true });
  await queue.expectOrder('waiting', ['Henry Adler', 'Fatima Rahimi']);
  await expect(shown).toBeEmpty();

  const box = search.getByLabel('Search by name or reason');
  await box.fill('ADLÉR');
  await expect(rows).toHaveCount(1);
  await queue.expectOrder('waiting', ['Henry Adler']);
  await expect(shown).toHaveText(/^1 of \d+ shown\.$/);
  await expect(queue.status, 'what is searched hides rows, not people').toHaveText('2 people wait.');
  await box.fill('two weeks cough');
  await queue.expectOrder('waiting', ['Henry Adler']);
  await box.fill('nobody of this name');
  await expect(rows).toHaveCount(0);
  await box.fill('');

  await chosen('Provider').selectOption('My patients');
  await queue.expectOrder('waiting', ['Henry Adler']);
  await expect(queue.row('expected', 'Tom Becker')).toBeVisible();
  await expect(queue.row('expected', 'Maria Gonzalez'), 'of a colleague').toHaveCount(0);
  await expect(queue.status).toHaveText('One person waits.');
  await expect(provider.page).toHaveTitle(/^\(1\) /);
  await chosen('Provider').selectOption('All providers');
  await chosen('Language').selectOption('Spanish');
  await queue.expectOrder('waiting', []);
  await expect(queue.row('expected', 'Maria Gonzalez')).toBeVisible();
  await expect(queue.row('expected', 'Tom Becker')).toHaveCount(0);
  await chosen('Language').selectOption('All languages');
  await chosen('State').selectOption('Waiting');
  await expect(rows).toHaveCount(2);

  await box.fill('Adler');
  await provider.page.reload();
  await queue.interactive();
  await expect(chosen('State')).toHaveValue('waiting');
  await expect(box, 'it names patients').toHaveValue('');
  await expect(rows).toHaveCount(2);
});

test('how long somebody has waited is told in words and by a colour of its own, from a quarter and from half an hour on', async ({ arrive, clinic }) => {
  const [crowd, provider] = [await arrive('patient'), await arrive('provider')];
  await provider.page.clock.install();
  await clinic.logIn(provider.page, 'Lindqvist');
  const queue = new QueuePage(provider.page);
  await queue.interactive();
  await comeToWait(crowd, clinic, ['Henry Adler'], { reducedMotion: 'reduce' });
  const row = queue.row('waiting', 'Adler');
  const colour = (): Promise<string> => row.evaluate((element) => getComputedStyle(element).borderLeftColor);
  await expect(row).toHaveAttribute('data-wait', 'fresh');
  await expect(row).toContainText('has just come');
  const colours = [await colour()];
  for (const [word, told] of [
    ['long', /waits 1[67] min, long/],
    ['too-long', /waits 3[23] min, too long/],
  ] as const) {
    await provider.page.clock.fastForward('16:00');
    await expect(row).toHaveAttribute('data-wait', word);
    await expect(row).toContainText(told);
    colours.push(await colour());
  }
  expect(new Set(colours).size, `three colours: ${colours.join(' ')}`).toBe(3);
});
