import { expectAccessible } from '../../fixtures/axe';
import { expect, test } from '../../fixtures/clinic';
import { AppointmentPage } from '../../pages/appointment';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

test('a guest waits for the patient, is seen and heard by both, and is out at once when their link is taken away', async ({ arrive, clinic }) => {
  test.setTimeout(120_000);
  const [patient, provider, guest] = [await arrive('patient'), await arrive('provider'), await arrive('patient', { colour: 'green' })];
  const [seat, beside] = [new SeatPage(patient.page), new SeatPage(guest.page)];
  const [queue, care] = [new QueuePage(provider.page), new CarePage(provider.page)];
  const { id } = clinic.visitOf('Adler');
  await clinic.logIn(provider.page, 'Lindqvist');
  const invitation = await new AppointmentPage(provider.page, clinic.server.origin).inviteGuest(id);

  // The guest may come first: nobody asks them anything, and they are in nobody's queue.
  await guest.page.goto(invitation);
  await guest.page.getByRole('button', { name: 'Continue' }).click();
  await guest.page.waitForURL('**/visit');
  await beside.interactive();
  await expect(beside.status).toContainText('You are here as a guest.');
  await beside.expectNoCamera();
  await expectAccessible(guest, 'a guest waits');
  await queue.open();
  await expect(queue.row('expected', 'Adler')).toBeVisible();

  await clinic.comeToWait(seat, 'Adler');
  await queue.admit('Adler');
  await care.interactive();
  await beside.expectStage('admitted');
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);
  await care.expectSees('Guest', guest.colour);
  await seat.expectSees('Guest', guest.colour);
  await seat.expectHears('Guest', guest.colour);
  await beside.expectSees('Patient', patient.colour);
  await beside.expectHears('Patient', patient.colour);
  await beside.expectSees('Provider', provider.colour);
  await expectAccessible(guest, 'a guest in the call');

  // Their room is ended, and the visit goes on in another; the SDK says the first at the console.
  for (const person of [patient, provider, guest]) person.watch.provokes(/group: signaling, level: error, name: closed/);
  // The guest may hear of the room's end before that of the link, and then asks for the way into the next one.
  guest.watch.provokes(/status of 401/);
  const desk = new AppointmentPage(await provider.context.newPage(), clinic.server.origin);
  await desk.takeGuestAway(id, 1);
  // The page goes where one comes in: what it held goes with it.
  await expect(guest.page).toHaveURL(/\/v(\?again)?$/);
  await beside.expectNoCamera();
  await expect(beside.heading).not.toHaveText('Thank you for your visit');
  await expect(care.remote('Guest')).toHaveCount(0);
  await expect(seat.remote('Guest')).toHaveCount(0);
  await care.expectSees('Patient', patient.colour);
  await seat.expectSees('Provider', provider.colour);
  await seat.expectHears('Provider', provider.colour);

  // The link is worth nothing any more.
  guest.watch.provokes(/status of 410/);
  await guest.page.goto(invitation);
  await guest.page.getByRole('button', { name: 'Continue' }).click();
  await expect(guest.page.getByRole('alert')).toBeVisible();
  await care.end();
  await expect(seat.heading).toHaveText('Thank you for your visit');
});
