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
