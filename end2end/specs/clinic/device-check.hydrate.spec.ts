import { expectAccessible } from '../../fixtures/axe';
import { expect, test } from '../../fixtures/clinic';
import { expectMoving } from '../../fixtures/media-probe';
import { countQuestions, DeviceCheck } from '../../pages/check';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

test('a patient sees and hears themselves before the wait, the camera is off when the step is left, and the provider reads it @phone', async ({
  arrive,
  clinic,
}) => {
  test.setTimeout(120_000);
  const [patient, provider] = [await arrive('patient'), await arrive('provider')];
  const [seat, check, queue] = [new SeatPage(patient.page), new DeviceCheck(patient.page), new QueuePage(provider.page)];
  await clinic.logIn(provider.page, 'Lindqvist');
  await queue.interactive();
  await clinic.comeByLink(patient.page, 'Adler');
  await seat.checkIn();
  await seat.interactive();
  const row = queue.row('getting-ready', 'Adler');
  await expect(row).toContainText('camera not checked');

  await check.begin.click();
  await check.expectTrial('camera', 'works');
  await check.expectTrial('microphone', 'works');
  await expectMoving(check.picture, patient.colour);
  await expect(check.section).toContainText('We hear you: your microphone works.');
  await expect(row).toContainText('camera and microphone work');
  await expectAccessible(patient, 'both work');
  await patient.page.screenshot({ path: `test-results/check-${test.info().project.name}.png`, fullPage: true });

  await check.finish.click();
  await seat.expectCameraOff();
  await check.begin.click();
  await check.expectTrial('camera', 'works');
  await seat.saysReady();
  await seat.interactive();
  await seat.expectNoCamera();
  await expect(queue.row('waiting', 'Adler')).toContainText('camera and microphone work');
});

test('bugs 18 and 19: without a camera the microphone is tried all the same, and the camera is never asked for again in this visit', async ({
  arrive,
  clinic,
}) => {
  test.setTimeout(120_000);
  const [patient, provider] = [await arrive('patient', { devices: 'no-camera' }), await arrive('provider')];
  const questions = await countQuestions(patient.page);
  const [seat, check] = [new SeatPage(patient.page), new DeviceCheck(patient.page)];
  const [queue, care] = [new QueuePage(provider.page), new CarePage(provider.page)];
  await clinic.logIn(provider.page, 'Lindqvist');
  await queue.interactive();
  await clinic.comeByLink(patient.page, 'Adler');
  await seat.checkIn();
  await seat.interactive();
  await check.begin.click();
  await expect(check.fault('camera')).toContainText('We find no camera');
  await check.expectTrial('microphone', 'works');
  await expect(queue.row('getting-ready', 'Adler')).toContainText('camera or microphone fails');
  await expectAccessible(patient, 'no camera');
  await check.goWithout('camera');
  await expect(check.section).toContainText('We will not ask for it again in this visit.');
  await expect(queue.row('getting-ready', 'Adler')).toContainText('no camera');

  const before = (await questions()).length;
  await seat.saysReady();
  await seat.interactive();
  await queue.admit('Adler');
  await care.interactive();
  await seat.startNow.click();
  await care.expectHears('Patient', patient.colour);
  await seat.expectSees('Provider', provider.colour);
  expect((await questions()).slice(before)).toEqual(['microphone']);
  await care.end();
  await expect(seat.heading).toHaveText('Thank you for your visit');
});

test('who refuses is told how to allow, is asked once, and can skip it or go on without both, in the wait too', async ({ arrive, clinic }) => {
  test.setTimeout(120_000);
  const patient = await arrive('patient', { devices: 'deny' });
  const questions = await countQuestions(patient.page);
  const [seat, check] = [new SeatPage(patient.page), new DeviceCheck(patient.page)];
  await clinic.comeToWait(seat, 'Adler');
  expect(await questions(), 'skipped').toEqual([]);

  await patient.page.getByText('Try your camera and microphone').click();
  await check.begin.click();
  for (const device of ['camera', 'microphone'] as const) {
    await expect(check.fault(device)).toContainText(/allow/i);
    await check.goWithout(device);
  }
  expect(await questions(), 'asked once').toEqual(['camera+microphone']);
  await expectAccessible(patient, 'without both');
  await patient.page.reload();
  await seat.interactive();
  await patient.page.getByText('Try your camera and microphone').click();
  await check.expectTrial('camera', 'without');
  await check.expectTrial('microphone', 'without');
});
