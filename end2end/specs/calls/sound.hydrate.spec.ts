import { expect, test } from '../../fixtures';

test('when the browser refuses to play sound there is one big button, and after it the provider is heard', async ({ arrive, provider }) => {
  const patient = await arrive('patient', { autoplay: 'after-gesture' });
  await provider.open();
  await provider.joinRoom();
  await patient.open();
  // A script's click is no gesture, so the page has none to show when sound begins, as after a reload that rejoins.
  await patient.join.evaluate((button: HTMLButtonElement) => button.click());
  await patient.expectInRoom();
  await patient.expectSees('Provider', provider.colour);
  const audio = patient.remote('Provider').locator('audio');
  await expect(patient.turnOnSound).toBeVisible();
  expect(await audio.evaluate((element: HTMLAudioElement) => element.paused)).toBe(true);

  await patient.turnOnSound.click();
  await expect(patient.turnOnSound).toBeHidden();
  await patient.expectHears('Provider', provider.colour);
});

test('when the browser plays sound there is no such button', async ({ arrive, provider }) => {
  const patient = await arrive('patient', { autoplay: 'after-gesture' });
  await provider.open();
  await provider.joinRoom();
  await patient.open();
  await patient.joinRoom();
  await patient.expectHears('Provider', provider.colour);
  await expect(patient.turnOnSound).toHaveCount(0);
});
