import { expect, test } from '../../fixtures';
import { Front } from '../../fixtures/front';

test('invariant 10: when the code of the page never comes, the page says so and what to do', async ({ arrive, server }) => {
  const front = await Front.before(server.port);
  front.unplug(/\.wasm/);
  const patient = await arrive('patient', { origin: front.origin });
  patient.watch.provokesNetworkTrouble();
  await patient.page.goto(patient.address, { waitUntil: 'commit' });
  await expect(patient.join, 'what cannot work cannot be pressed').toBeDisabled();
  const notice = patient.page.getByRole('heading', { name: 'This page is still not ready' });
  await expect(notice).toBeHidden();
  await expect(notice).toBeVisible();
  await front.close();
});

test('a page that came to life never shows that notice', async ({ patient }) => {
  await patient.open();
  await expect(patient.page.locator('.not-running')).toBeHidden();
  await expect(patient.page.locator('.not-running')).toHaveCSS('display', 'none');
});
