import { expect, test } from '../../fixtures/clinic';
import { loseRequests } from '../../fixtures/lost';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

test('bug 23: who sees nothing is told before they are on camera, and both buttons are the next stops of the keyboard', async ({ admitted }) => {
  test.setTimeout(120_000);
  const { patient, provider, seat, care } = admitted;
  // “Not yet” can come while they are still on their way to each other.
  for (const person of [patient, provider]) person.watch.provokesCallingOff();
  const notice = patient.page.getByRole('region', { name: 'Before you are seen' });
  await expect(notice).toBeFocused();
  await expect(notice.getByRole('alert')).toHaveText('You will be seen and heard in 10 seconds.');
  await patient.page.keyboard.press('Tab');
  await expect(seat.startNow).toBeFocused();
  await patient.page.keyboard.press('Tab');
  await expect(seat.notYet).toBeFocused();
  await patient.page.keyboard.press('Enter');
  await seat.expectWaiting();
  await seat.expectCameraOff();
  await care.expectStage('waiting');
});

test('bug 23: a page that learns of it late, when the notice is over by the clinic’s clock, gives the whole notice', async ({ arrive, clinic }) => {
  test.setTimeout(120_000);
  const [patient, provider] = [await arrive('patient'), await arrive('provider')];
  const [seat, queue, care] = [new SeatPage(patient.page), new QueuePage(provider.page), new CarePage(provider.page)];
  await clinic.logIn(provider.page, 'Lindqvist');
  await queue.interactive();
  await clinic.comeToWait(seat, 'Adler');
  // As when a phone is locked: gone, and not yet missed.
  await patient.page.goto('about:blank');
  await queue.admit('Adler');
  await care.interactive();
  await care.waitForClock(11_000);

  await patient.page.goBack();
  const notice = patient.page.getByRole('region', { name: 'Before you are seen' });
  await expect(notice.getByRole('alert')).toHaveText('You will be seen and heard in 10 seconds.');
  await seat.expectSees('Provider', provider.colour);
  await expect(seat.startNow, 'the notice runs').toBeVisible();
  await expect(care.remote('Patient').locator('video, audio')).toHaveCount(0);
  expect(await seat.sends(), 'what the page gives to its peer connections').toEqual([]);
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);

  await patient.page.reload();
  await care.expectSees('Patient', patient.colour);
  await expect(seat.startNow, 'who has been told is not told again').toBeHidden();
});

test('“Not yet” that cannot be sent holds picture and sound back, says so, and “Start now” is the patient’s to say', async ({ admitted: { patient, seat, care } }) => {
  test.setTimeout(120_000);
  patient.watch.provokesNetworkTrouble();
  await loseRequests(patient.page, '*/api/act_in_seat');
  await seat.notYet.click();
  const notice = patient.page.getByRole('region', { name: 'Before you are seen' });
  await expect(notice.getByRole('alert')).toHaveText('That did not work just now. You are not seen or heard yet. Please press again.');
  await expect(care.remote('Patient')).toBeVisible();
  await seat.waitForClock(11_000);
  await expect(care.remote('Patient').locator('video, audio')).toHaveCount(0);
  expect(await seat.sends(), 'what the page gives to its peer connections').toEqual([]);

  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);
});

test('while the notice runs the patient is connected and neither seen nor heard', async ({ admitted: { patient, provider, seat, care } }) => {
  test.setTimeout(120_000);
  // Both are in the room, and see that of each other; the provider's picture is there already.
  await expect(care.remote('Patient')).toBeVisible();
  await seat.expectSees('Provider', provider.colour);
  await expect(seat.startNow, 'the notice still runs').toBeVisible();
  await expect(care.remote('Patient').locator('video, audio')).toHaveCount(0);
  expect(await seat.sends(), 'what the page gives to its peer connections').toEqual([]);

  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);
  expect((await seat.sends()).sort()).toEqual(['audio', 'video']);
  await care.expectHears('Patient', patient.colour);
});
