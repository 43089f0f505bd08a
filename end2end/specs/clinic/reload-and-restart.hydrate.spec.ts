import { expect, test } from '../../fixtures/clinic';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

test('a wait outlives a reload of the page and a restart of the server, and so does a call', async ({ arrive, clinic, server }) => {
  test.setTimeout(120_000);
  const [patient, provider] = [await arrive('patient'), await arrive('provider')];
  for (const person of [patient, provider]) person.watch.provokesNetworkTrouble();
  const [seat, queue, care] = [new SeatPage(patient.page), new QueuePage(provider.page), new CarePage(provider.page)];
  await clinic.logIn(provider.page, 'Lindqvist');
  await queue.interactive();
  await clinic.comeToWait(seat, 'Adler');
  await expect(queue.row('waiting', 'Adler')).toBeVisible();

  await patient.page.reload();
  await seat.interactive();
  await seat.expectWaiting();
  await expect(queue.row('waiting', 'Adler')).toBeVisible();

  await server.kill();
  await expect(patient.page.getByRole('status').first()).toContainText('You keep your place.');
  await server.run();
  await expect(patient.page.getByRole('status').first()).toContainText('You are next.');
  await seat.expectWaiting();

  await queue.admit('Adler');
  await care.interactive();
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);

  await server.kill();
  await server.run();
  await seat.expectSees('Provider', provider.colour);
  await care.expectSees('Patient', patient.colour);

  await patient.page.reload();
  await seat.interactive();
  await seat.expectSees('Provider', provider.colour);
  await care.expectSees('Patient', patient.colour);
  await care.end();
  await expect(seat.heading).toHaveText('Thank you for your visit');
});
