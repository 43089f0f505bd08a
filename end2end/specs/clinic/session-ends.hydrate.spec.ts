import { expect, test } from '../../fixtures/clinic';
import { QueuePage } from '../../pages/desk';

test('who does nothing at the queue is warned two minutes before the log-in ends, stays by a press, and is led to the log-in when it is over', async ({
  provider,
  clinic,
}) => {
  const { page } = provider;
  const warning = page.getByRole('alert').filter({ hasText: 'You will be logged out in about two minutes' });
  await page.clock.install();
  await clinic.logIn(page, 'Lindqvist');
  const queue = new QueuePage(page);
  await queue.interactive();

  // By the page's clock; the server's does not run ahead. Fifteen minutes without use are the end.
  await page.clock.fastForward('12:30');
  await expect(warning).toBeHidden();
  await page.clock.fastForward('00:45');
  await expect(warning).toContainText('since nobody seems to be here');
  const stayed = page.waitForResponse((answer) => answer.url().includes('/api/stay_logged_in'));
  await page.getByRole('button', { name: 'Stay logged in' }).click();
  expect((await stayed).status()).toBe(200);
  await expect(warning).toBeHidden();

  const other = await provider.context.newPage();
  await other.goto(`${clinic.server.origin}/account`);
  await other.getByRole('button', { name: 'Log out', exact: true }).click();
  await page.waitForURL('**/login?ended');
  await expect(page.getByRole('main')).toContainText('You are logged out');
});
