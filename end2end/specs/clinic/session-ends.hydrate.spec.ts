import { expectAccessible } from '../../fixtures/axe';
import { expect, test } from '../../fixtures/clinic';
import { QueuePage } from '../../pages/desk';

test('who logs out in one tab is led to the log-in in the other, without a press', async ({ provider, clinic }) => {
  const { page } = provider;
  await clinic.logIn(page, 'Lindqvist');
  const queue = new QueuePage(page);
  await queue.interactive();

  const other = await provider.context.newPage();
  await other.goto(`${clinic.server.origin}/account`);
  await other.getByRole('button', { name: 'Log out', exact: true }).click();
  await page.waitForURL('**/login?ended');
  await expect(page.getByRole('main')).toContainText('You are logged out');
});

test('who is logged out in a call keeps the call, is told what goes on no more, and goes on after a new log-in in another tab', async ({ admitted: { patient, provider, seat, care }, clinic }) => {
  test.setTimeout(120_000);
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);

  const other = await provider.context.newPage();
  await other.goto(`${clinic.server.origin}/account`);
  await other.getByRole('button', { name: 'Log out', exact: true }).click();
  const told = provider.page.getByRole('alert').getByText('You are logged out. The call goes on');
  await expect(told).toBeVisible();
  await expectAccessible(provider, 'logged out in a call');
  await care.expectSees('Patient', patient.colour);
  await care.expectHears('Patient', patient.colour);
  await seat.expectSees('Provider', provider.colour);

  await clinic.logIn(other, 'Lindqvist');
  await other.close();
  await provider.page.bringToFront();
  await provider.page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(told).toBeHidden();
  await care.end();
  await expect(seat.heading).toHaveText('Thank you for your visit');
});
