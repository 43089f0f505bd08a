import { expect, test } from '../../fixtures/clinic';
import { SeatPage } from '../../pages/seat';

test('a link that is put in where one is asked for one opens, and a place in the page is no link', async ({ arrive, clinic }) => {
  const { page } = await arrive('patient');
  await page.goto(`${clinic.server.origin}/patient`);
  await page.waitForURL('**/v');
  const code = page.getByLabel('Code');
  await expect(page.getByText('It is in the message or on the sheet that you were given')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page, 'skipped to the content').toHaveURL(/#main$/);
  await expect(code).toBeVisible();

  const made = await page.evaluate(() => performance.timeOrigin);
  await page.goto(clinic.visitOf('Adler').link);
  expect(await page.evaluate(() => performance.timeOrigin), 'the same document').toBe(made);
  await expect(code).toBeHidden();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(new SeatPage(page).heading).toHaveText('Check in');
  expect(page.url()).not.toContain('#');
});
