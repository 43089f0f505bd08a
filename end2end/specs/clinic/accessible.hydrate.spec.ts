import { expect, test } from '../../fixtures/clinic';
import { expectAccessible } from '../../fixtures/axe';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

test("axe finds nothing on a patient's and a provider's way through a visit @phone", async ({ clinic, patient, provider }) => {
  test.setTimeout(120_000);
  const [seat, queue, care] = [new SeatPage(patient.page), new QueuePage(provider.page), new CarePage(provider.page)];

  await provider.page.goto(`${clinic.server.origin}/login`);
  await expectAccessible(provider, 'log-in');
  await clinic.logIn(provider.page, 'Lindqvist');
  await queue.interactive();
  await expectAccessible(provider, 'queue, nobody waits');

  await patient.page.goto(clinic.visitOf('Adler').link);
  await expect(patient.page.getByRole('button', { name: 'Continue' })).toBeVisible();
  await expectAccessible(patient, 'link');
  await patient.page.getByRole('button', { name: 'Continue' }).click();
  await expect(seat.heading).toHaveText('Check in');
  await expectAccessible(patient, 'check-in');
  await seat.checkIn();
  await expectAccessible(patient, 'get ready');
  await seat.saysReady();
  await seat.interactive();
  await seat.expectWaiting();
  await expectAccessible(patient, 'waiting');

  const row = queue.row('waiting', 'Adler');
  // As it looks to who has been looked for in vain for long: only the clock is not waited for.
  for (const wait of ['long', 'too-long']) {
    await row.evaluate((element, value) => element.setAttribute('data-wait', value), wait);
    await expectAccessible(provider, `queue, somebody waits ${wait}`);
  }
  await row.getByRole('button', { name: 'Admit' }).click();
  await expectAccessible(provider, 'queue, about to admit');
  await row.getByRole('button', { name: 'Admit now' }).click();
  await provider.page.waitForURL('**/clinic/visits/*');
  await care.interactive();
  await expect(seat.startNow).toBeVisible();
  await expectAccessible(patient, 'notice');
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);
  await seat.expectSees('Provider', provider.colour);
  await expectAccessible(patient, 'in the call');
  await expectAccessible(provider, 'in the call');
  await care.press('Step out');
  await seat.expectStage('stepped-out');
  await expectAccessible(patient, 'stepped out');
  await expectAccessible(provider, 'stepped out');
  await provider.page.getByRole('button', { name: 'Come back' }).click();
  await seat.expectSees('Provider', provider.colour);
  await care.press('Send back to waiting');
  await seat.expectWaiting();
  await care.press('Admit');
  await expectAccessible(provider, 'visit, about to admit');
  await provider.page.getByRole('button', { name: 'Admit now' }).click();
  await seat.startNow.click();
  await seat.expectSees('Provider', provider.colour);
  await provider.page.getByRole('button', { name: 'End visit' }).click();
  await expectAccessible(provider, 'end the visit?');
  await provider.page.getByRole('group', { name: 'End the visit?' }).getByRole('button', { name: 'Go on' }).click();
  await care.end();
  await expect(seat.heading).toHaveText('Thank you for your visit');
  await expectAccessible(patient, 'over');
  await expectAccessible(provider, 'visit over');
  await provider.page.goto(`${provider.page.url()}/replay`);
  await expect(provider.page.getByRole('heading', { level: 1 })).toHaveText('What happened in this visit');
  await expectAccessible(provider, 'replay of the whole visit');
});

for (const [who, pages] of [
  ['Ferreira', ['/clinic/appointments', '/clinic/appointments/new', '/clinic/import', '/account']],
  ['Vale', ['/admin', '/admin/audit', '/admin/audit?outcome=refused', '/account']],
] as const) {
  test(`axe finds nothing on ${who}'s pages @phone`, async ({ arrive, clinic }) => {
    const staff = await arrive('provider');
    await clinic.logIn(staff.page, who);
    for (const path of pages) {
      const answer = await staff.page.goto(`${clinic.server.origin}${path}`);
      expect(answer?.status(), path).toBe(200);
      await expectAccessible(staff, path);
    }
  });
}
