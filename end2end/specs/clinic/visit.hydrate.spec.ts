import { expect, test } from '../../fixtures/clinic';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

test('a whole visit: link, check-in, wait, admission, call, stepping out, sending back, goodbye @phone', async ({ arrive, clinic }) => {
  test.setTimeout(120_000);
  const [patient, provider] = [await arrive('patient'), await arrive('provider')];
  await clinic.logIn(provider.page, 'Lindqvist');
  const [seat, queue, care] = [new SeatPage(patient.page), new QueuePage(provider.page), new CarePage(provider.page)];
  await queue.interactive();
  const name = 'Henry Adler';

  await clinic.comeToWait(seat, name);
  await seat.expectWaiting();
  await expect(patient.page.getByRole('status').first()).toContainText('is here and will call you in. You are next.');

  await queue.admit(name);
  await care.interactive();
  await seat.expectStage('admitted');
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);
  await seat.expectSees('Provider', provider.colour);
  await care.expectHears('Patient', patient.colour);
  await seat.expectHears('Provider', provider.colour);
  await expect(seat.campfire).toBeHidden();
  await care.write('Rest, and tea with honey.');

  await care.press('Step out');
  await seat.expectStage('stepped-out');
  await expect(seat.campfire).toBeVisible();
  await care.expectCameraOff();
  await care.press('Come back');
  await seat.expectStage('admitted');
  await seat.expectSees('Provider', provider.colour);
  await care.expectSees('Patient', patient.colour);

  await care.press('Send back to waiting');
  await seat.expectWaiting();
  await seat.expectCameraOff();
  await care.admit();
  await seat.startNow.click();
  await seat.expectSees('Provider', provider.colour);
  await care.expectSees('Patient', patient.colour);

  await care.end();
  await expect(seat.heading).toHaveText('Thank you for your visit');
  await care.expectCameraOff();
  await provider.page.reload();
  await expect(care.note).toHaveValue('Rest, and tea with honey.');
});
