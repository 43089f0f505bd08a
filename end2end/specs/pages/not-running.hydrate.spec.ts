import { expect, test } from '../../fixtures';
import { Front } from '../../fixtures/front';
import type { Participant } from '../../fixtures/participant';

test('invariant 10: when the code of the page never comes, the page says so and what to do, also to who wants no motion', async ({ arrive, server }) => {
  const front = await Front.before(server.port);
  front.unplug(/\.wasm/);
  const { origin } = front;
  const patients = [await arrive('patient', { origin }), await arrive('patient', { origin, context: { reducedMotion: 'reduce' } })];
  const look = async (patient: Participant): Promise<void> => {
    patient.watch.provokesNetworkTrouble();
    await patient.page.goto(patient.address, { waitUntil: 'commit' });
    await expect(patient.join, 'what cannot work cannot be pressed').toBeDisabled();
    const notice = patient.page.getByRole('heading', { name: 'This page is still not ready' });
    await expect(notice).toBeHidden();
    await expect(notice).toBeVisible();
  };
  await Promise.all(patients.map(look));
  await front.close();
});

test('a page that came to life never shows that notice', async ({ patient }) => {
  await patient.open();
  await expect(patient.page.locator('.not-running')).toBeHidden();
  await expect(patient.page.locator('.not-running')).toHaveCSS('display', 'none');
});
