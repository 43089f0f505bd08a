import { expect, test } from '../../fixtures/clinic';
import { loseRequests } from '../../fixtures/lost';
import { CarePage, QueuePage } from '../../pages/desk';

test('a note that is written in two tabs loses nothing, and one that a colleague’s taking over left unsaved stays to be read', async ({ arrive, clinic }) => {
  test.setTimeout(120_000);
  const [provider, colleague] = [await arrive('provider'), await arrive('provider')];
  const address = `${clinic.server.origin}/clinic/visits/${clinic.visitOf('Adler').id}`;
  const care = new CarePage(provider.page);
  await clinic.logIn(provider.page, 'Lindqvist');
  await provider.page.goto(address);
  await care.interactive();
  const page = await provider.context.newPage();
  const other = new CarePage(page);
  await page.goto(address);
  await other.interactive();

  await other.write('Rest.');
  await care.note.fill('Tea with honey.');
  const choice = provider.page.getByRole('group', { name: 'This was written in another window meanwhile:' });
  await expect(choice).toContainText('Rest.');
  await choice.getByRole('button', { name: 'Keep both' }).click();
  await expect(care.note).toHaveValue('Rest.\n\nTea with honey.');
  await expect(provider.page.locator('#note-state')).toContainText('Saved');
  await page.reload();
  await expect(other.note).toHaveValue('Rest.\n\nTea with honey.');
  await other.interactive();
  await other.write('Rest. Tea.');
  await care.note.fill('Something else.');
  await choice.getByRole('button', { name: 'Only keep the other one' }).click();
  await expect(care.note).toHaveValue('Rest. Tea.');
  await page.close();

  provider.watch.provokesNetworkTrouble();
  await loseRequests(provider.page, '*/api/write_note');
  await care.note.fill('Rest. Tea. Not saved.');
  await expect(provider.page.locator('#note-state')).toContainText('Not saved; what you typed is still here.');
  const [queue, theirs] = [new QueuePage(colleague.page), new CarePage(colleague.page)];
  await clinic.logIn(colleague.page, 'Okafor');
  await queue.interactive();
  await colleague.page.goto(address);
  await theirs.interactive();
  await theirs.press('Take over');
  await expect(provider.page.locator('#note-state')).toContainText('a colleague has this visit now');
  await expect(care.note).toHaveValue('Rest. Tea. Not saved.');
  await expect(care.note).not.toBeEditable();
  await expect(theirs.note).toHaveValue('Rest. Tea.');
});
