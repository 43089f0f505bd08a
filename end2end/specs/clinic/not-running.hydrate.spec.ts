import type { Page } from '@playwright/test';
import { expectAccessible } from '../../fixtures/axe';
import { expect, test } from '../../fixtures/clinic';
import { Front } from '../../fixtures/front';
import { QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

test('invariant 10: where the code never comes, no page of the clinic stands still without a word', async ({ arrive, clinic, server }) => {
  test.setTimeout(60_000);
  const front = await Front.before(server.port);
  const [patient, provider] = [await arrive('patient', { allowedOrigins: [front.origin] }), await arrive('provider', { allowedOrigins: [front.origin] })];
  for (const person of [patient, provider]) person.watch.provokesNetworkTrouble();
  // By another origin, whose code the browsers do not have yet.
  await clinic.comeToWait(new SeatPage(patient.page), 'Adler');
  await clinic.logIn(provider.page, 'Lindqvist');
  await new QueuePage(provider.page).interactive();

  front.unplug(/\.wasm/);
  const look = async (page: Page, path: string, title: string): Promise<void> => {
    await page.goto(`${front.origin}${path}`, { waitUntil: 'commit' });
    const notice = page.getByRole('heading', { name: title });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(notice).toBeHidden();
    // Its time, ten seconds, need not pass once more: `pages/not-running` waits for it.
    await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
    await expect(notice).toBeVisible();
  };
  const { id } = clinic.visitOf('Adler');
  const title = 'This page does not show what is new';
  await Promise.all([look(patient.page, '/visit', title), look(provider.page, '/clinic', title)]);
  await expectAccessible(patient, 'waiting without the code');
  await expectAccessible(provider, 'the queue without the code');
  await look(provider.page, `/clinic/visits/${id}`, title);
  await expectAccessible(provider, 'the visit without the code');
  await front.close();
});
