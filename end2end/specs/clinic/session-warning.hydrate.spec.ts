import { expectAccessible } from '../../fixtures/axe';
import { expect, test } from '../../fixtures/clinic';
import { QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

// Sessions end a quarter of an hour after they were used last. The server is asked in earnest; only what the page reads off the clock
// is later: its timers run as ever, or its stream would seem to be dead and be opened again.
test('two minutes before the session ends the page says so, and a press or any use of the page puts that off', async ({ clinic, patient, provider }) => {
  const { page } = provider;
  await page.clock.install();
  await clinic.logIn(page, 'Lindqvist');
  const queue = new QueuePage(page);
  await queue.interactive();
  // What comes by the stream is there, and so is what it says of the session before that.
  const seat = new SeatPage(patient.page);
  await clinic.comeToWait(seat, 'Adler');
  await expect(queue.row('waiting', 'Adler')).toBeVisible();
  const warning = page.getByRole('alert').getByText('You will be logged out in about two minutes');

  const begin = await page.evaluate(() => Date.now());
  const after = (seconds: number): Promise<void> => page.clock.setSystemTime(begin + seconds * 1_000);
  await after(12.5 * 60);
  await expect(page.getByRole('button', { name: 'Stay logged in' })).toBeHidden();
  await after(13.5 * 60);
  await expect(warning).toBeVisible();
  await expectAccessible(provider, 'about to be logged out');
  await page.keyboard.press('Shift');
  await expect(warning, 'somebody is there').toBeHidden();

  await after(27 * 60);
  await expect(warning).toBeVisible();
  await page.getByRole('button', { name: 'Stay logged in' }).click();
  await expect(warning).toBeHidden();
  await queue.interactive();
});

test('a plain page of staff warns of the end of the session by style alone, also who wants no motion', async ({ arrive, clinic }) => {
  const desk = await arrive('provider', { context: { reducedMotion: 'reduce' } });
  await clinic.logIn(desk.page, 'Ferreira');
  await desk.page.goto(`${clinic.server.origin}/clinic/appointments/new`);
  const warning = desk.page.getByText('You will be logged out in about two minutes');
  await expect(warning).toBeHidden();
  // Thirteen minutes, two before the session ends.
  expect(await desk.page.evaluate(() => document.getAnimations().map(({ effect }) => effect?.getTiming().delay))).toEqual([780_000]);
  await desk.page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  await expect(warning).toBeVisible();
  await expectAccessible(desk, 'a plain page, about to be logged out');
});
