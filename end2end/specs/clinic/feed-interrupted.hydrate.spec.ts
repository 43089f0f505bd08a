import { expectAccessible } from '../../fixtures/axe';
import { expect, test } from '../../fixtures/clinic';
import { Front } from '../../fixtures/front';
import { SeatPage } from '../../pages/seat';
import { QueuePage } from '../../pages/desk';

test('a stream that gets a 503 comes back by itself, and shows what happened meanwhile', async ({ arrive, clinic, server }) => {
  const front = await Front.before(server.port);
  const patient = await arrive('patient', { origin: front.origin });
  const provider = await arrive('provider');
  patient.watch.provokesNetworkTrouble();
  const [seat, queue] = [new SeatPage(patient.page), new QueuePage(provider.page)];
  await clinic.comeToWait(seat, 'Adler', front.origin);
  await seat.expectWaiting();
  await clinic.logIn(provider.page, 'Lindqvist');
  await queue.interactive();

  const refused = front.refuse('/visit/feed');
  front.hangUp('/visit/feed');
  await refused.once;
  await expect(patient.page.getByRole('status').first()).toContainText('You keep your place.');
  await expectAccessible(patient, 'interrupted');
  await queue.admit('Adler');
  await seat.expectStage('waiting');
  refused.end();
  await seat.expectStage('admitted');
  await expect(seat.startNow).toBeVisible();
  await front.close();
});
