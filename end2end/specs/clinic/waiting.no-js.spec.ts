import { expect, test } from '../../fixtures/clinic';
import { SeatPage } from '../../pages/seat';

test('invariant 10: without JavaScript a patient checks in, waits with true news, leaves, and comes back', async ({ arrive, clinic }) => {
  const patient = await arrive('patient');
  const seat = new SeatPage(patient.page);
  await clinic.comeByCode(patient.page, 'Adler');
  await seat.checkIn();
  // What takes scripts is not there, and takes no room either.
  const check = patient.page.locator('.check');
  await expect(check).toHaveCSS('display', 'none');
  await seat.saysReady();
  await seat.expectWaiting();
  await expect(patient.page.getByRole('status').first()).toContainText('Dr. Nils Lindqvist has not come to the waiting room yet.');
  // Playwright's text search looks into no noscript.
  const noScript = patient.page.locator('main noscript p');
  await expect(noScript).toBeVisible();
  await expect(noScript).toContainText('This page looks for news by itself every 15 seconds.');
  for (const scripted of ['.crackle', '.waiting-room__check']) await expect(patient.page.locator(scripted)).toHaveCSS('display', 'none');
  expect(await patient.page.locator('meta[http-equiv=refresh]').getAttribute('content')).toBe('15');

  await seat.leave.click();
  await expect(seat.heading).toHaveText('You have left the waiting room');
  await patient.page.getByRole('button', { name: 'Come back' }).click();
  await seat.expectWaiting();
});
