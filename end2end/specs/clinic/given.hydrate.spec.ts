import { expect, test } from '../../fixtures/clinic';
import { AppointmentPage } from '../../pages/appointment';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

test('the front desk gives an appointment to another provider: the link stays good, the patient reads whom they see, and that one lets them in', async ({
  arrive,
  clinic,
}) => {
  const [patient, desk, okafor] = [await arrive('patient'), await arrive('provider'), await arrive('provider')];
  const [seat, queue, care] = [new SeatPage(patient.page), new QueuePage(okafor.page), new CarePage(okafor.page)];
  const { id, provider } = clinic.visitOf('Adler');
  expect(provider).toContain('Lindqvist');
  await clinic.logIn(okafor.page, 'Okafor');
  await queue.interactive();
  await clinic.logIn(desk.page, 'Ferreira');
  await new AppointmentPage(desk.page, clinic.server.origin).giveTo(id, clinic.person('Okafor').name);

  await clinic.comeToWait(seat, 'Adler');
  await expect(patient.page.getByRole('main')).toContainText('Okafor');
  await expect(patient.page.getByRole('main')).not.toContainText('Lindqvist');
  await queue.admit('Adler');
  await care.interactive();
  await seat.startNow.click();
  await seat.expectSees('Provider', okafor.colour);
  await care.end();
  await expect(seat.heading).toHaveText('Thank you for your visit');
});
