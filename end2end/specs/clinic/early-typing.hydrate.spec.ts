import { expect, test } from '../../fixtures/clinic';
import { QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

const KEY = 'types-before-piece';

/// Types into the search field right before the page does its so-and-so-many-th piece of work, as a quick person might.
function typeEarly(key: string): void {
  let pieces = 0;
  const later = window.setTimeout;
  const patched = (work: () => void, wait?: number): number =>
    later(() => {
      if (!wait && ++pieces === Number(sessionStorage.getItem(key))) {
        const field = document.querySelector<HTMLInputElement>('input[type=search]')!;
        field.value = 'Adler';
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
      work();
    }, wait);
  Object.assign(window, { setTimeout: patched });
}

test('whoever types while the queue comes to life, piece by piece, gets what the field says, and no row is mixed up', async ({ arrive, clinic }) => {
  test.setTimeout(90_000);
  const [provider, patient] = [await arrive('provider'), await arrive('patient')];
  const [queue, { page }] = [new QueuePage(provider.page), provider];
  await clinic.comeToWait(new SeatPage(patient.page), 'Adler');
  await clinic.logIn(page, 'Lindqvist');
  await queue.interactive();
  const names = page.locator('[data-section]').getByRole('heading', { level: 3 });
  const everybody = await names.allTextContents();
  expect(everybody.length).toBeGreaterThan(4);
  expect(everybody[0]).toBe('Henry Adler');
  await page.addInitScript(typeEarly, KEY);
  const field = page.getByRole('searchbox');
  const heard: number[] = [];
  for (let piece = 1; piece <= 8; piece += 1) {
    await page.evaluate(([key, at]) => sessionStorage.setItem(key!, at!), [KEY, String(piece)]);
    await page.reload();
    await queue.interactive();
    const typed = await field.inputValue();
    if (typed) heard.push(piece);
    await expect(names, `typed before piece ${piece}`).toHaveText(typed ? ['Henry Adler'] : everybody);
    // Each row is still its own.
    await field.fill('Tom Becker');
    await expect(names).toHaveText(['Tom Becker']);
    await expect(queue.row('expected', 'Tom Becker')).toContainText('Rash on the arm');
    await field.fill('');
    await expect(names).toHaveText(everybody);
  }
  expect(heard, 'some of it came while the page was half alive').toEqual(expect.arrayContaining([2, 3, 4]));
});
