import { expect, test } from '../../fixtures/clinic';

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
