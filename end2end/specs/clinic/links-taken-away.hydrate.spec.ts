import { expect, test } from '../../fixtures/clinic';
import { AppointmentPage } from '../../pages/appointment';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

test('whose links are taken away in the middle of the call is out of it at once, and comes back by a new one', async ({ clinic, patient, provider }) => {
  test.setTimeout(120_000);
  const [seat, queue, care] = [new SeatPage(patient.page), new QueuePage(provider.page), new CarePage(provider.page)];
  const { id } = clinic.visitOf('Adler');
  await clinic.logIn(provider.page, 'Lindqvist');
  await clinic.comeToWait(seat, 'Adler');
  await queue.admit('Adler');
  await care.interactive();
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);
  await seat.expectSees('Provider', provider.colour);

  // Their room is ended, and the visit goes on in another; the SDK says the first at the console.
  for (const person of [patient, provider]) person.watch.provokes(/group: signaling, level: error, name: closed/, /status of 4\d\d/);
  const desk = new AppointmentPage(await provider.context.newPage(), clinic.server.origin);
  await desk.takeLinksAway(id);
  // The page goes where one comes in: what it held goes with it.
  await expect(patient.page).toHaveURL(/\/v(\?again)?$/);
  await seat.expectNoCamera();
  await expect(care.remote('Patient')).toHaveCount(0);

  const link = await desk.makeLink(id);
  await patient.page.goto(link);
  await patient.page.getByRole('button', { name: 'Continue' }).click();
  await patient.page.waitForURL('**/visit');
  await seat.interactive();
  await seat.expectSees('Provider', provider.colour);
  await care.expectSees('Patient', patient.colour);
  await care.expectHears('Patient', patient.colour);
  await care.end();
  await expect(seat.heading).toHaveText('Thank you for your visit');
});
