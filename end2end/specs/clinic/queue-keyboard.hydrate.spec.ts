import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../../fixtures/clinic';
import { comeToWait } from '../../fixtures/crowd';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

/// With Tab alone, on from where the keyboard is: there within so many presses, or it cannot be found.
async function tabTo(page: Page, target: Locator, atMost = 40): Promise<void> {
  for (let pressed = 0; pressed < atMost; pressed += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`not reached with ${atMost} presses of Tab: ${target.toString()}`);
}

test('a provider logs in, searches, looks, thinks again, admits, sends back and ends, with the keyboard alone', async ({ arrive, clinic }) => {
  test.setTimeout(150_000);
  const [patient, provider] = [await arrive('patient'), await arrive('provider')];
  const { page } = provider;
  const { keyboard } = page;
  const [seat, queue, care] = [new SeatPage(patient.page), new QueuePage(page), new CarePage(page)];
  await clinic.comeToWait(seat, 'Adler');

  await page.goto(`${clinic.server.origin}/login`);
  await tabTo(page, page.getByLabel('E-mail address'));
  await keyboard.type(clinic.person('Lindqvist').email);
  await tabTo(page, page.getByLabel('Password'));
  await keyboard.type(clinic.data.password);
  await keyboard.press('Enter');
  await page.waitForURL('**/clinic');
  await queue.interactive();

  await tabTo(page, page.getByLabel('Search by name or reason'));
  await keyboard.type('Adler');
  const row = queue.row('waiting', 'Adler');
  await tabTo(page, row.getByRole('link', { name: 'Henry Adler' }));
  await tabTo(page, row.getByRole('button', { name: 'Admit Henry Adler' }), 1);

  // Others come meanwhile: the keyboard stays where it is.
  await comeToWait(patient, clinic, ['Tom Becker'], { reducedMotion: 'reduce' });
  await expect(queue.status).toHaveText('2 people wait.');
  await expect(row.getByRole('button', { name: 'Admit Henry Adler' })).toBeFocused();

  await keyboard.press('Enter');
  await expect(row.getByRole('button', { name: 'Admit now' }), 'the answer is the next stop').toBeFocused();
  await keyboard.press('Escape');
  await expect(row.getByRole('link', { name: 'Henry Adler' }), 'put off: back in the row').toBeFocused();
  await tabTo(page, row.getByRole('button', { name: 'Admit Henry Adler' }), 1);
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await page.waitForURL('**/clinic/visits/*');
  await care.interactive();
  await seat.startNow.press('Enter');
  await care.expectSees('Patient', patient.colour);

  const deeds = page.getByRole('group', { name: 'This visit' });
  await tabTo(page, deeds.getByRole('button', { name: 'Send back to waiting' }));
  await keyboard.press('Enter');
  await seat.expectWaiting();
  await tabTo(page, deeds.getByRole('button', { name: 'Admit', exact: true }));
  await keyboard.press('Enter');
  const question = page.getByRole('group', { name: 'Is this the right patient?' });
  await expect(question, 'the question is read').toBeFocused();
  await expect(question).toContainText('Henry Adler, born ');
  await keyboard.press('Escape');
  await expect(deeds, 'put off').toBeFocused();
  await tabTo(page, deeds.getByRole('button', { name: 'Admit', exact: true }), 1);
  await keyboard.press('Enter');
  await expect(question).toBeFocused();
  await tabTo(page, question.getByRole('button', { name: 'Admit now' }), 1);
  await keyboard.press('Enter');
  await seat.startNow.press('Enter');
  await care.expectSees('Patient', patient.colour);
  await tabTo(page, care.note);
  await keyboard.type('Rest.');
  await expect(page.locator('#note-state')).toContainText('Saved');
  await tabTo(page, deeds.getByRole('button', { name: 'End visit' }));
  await keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'End the visit?' }), 'the question is read').toBeFocused();
  await tabTo(page, deeds.getByRole('button', { name: 'End it: seen' }), 1);
  await keyboard.press('Enter');
  await expect(seat.heading).toHaveText('Thank you for your visit');
  await tabTo(page, page.getByRole('link', { name: 'Back to the waiting room' }));
  await keyboard.press('Enter');
  await page.waitForURL('**/clinic');
  await queue.interactive();
  await queue.expectOrder('waiting', ['Tom Becker']);
});
