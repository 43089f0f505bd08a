import { expect, test } from '../../fixtures';
import { meet } from '../../fixtures/journeys';
import { loudestIn } from '../../fixtures/media-probe';

test.beforeEach(async ({ patient, provider }) => meet(patient, provider));

test('who mutes is not heard and is shown as muted, until they unmute', async ({ patient, provider }) => {
  await provider.expectHears('Patient', patient.colour);
  await patient.page.getByRole('button', { name: 'Mute', exact: true }).click();
  const sound = provider.remote('Patient').locator('audio');
  await expect.poll(() => sound.evaluate(loudestIn), { message: 'silence' }).toBe(0);
  await expect(provider.remote('Patient')).toContainText(/muted|microphone is off/i);
  await provider.expectSees('Patient', patient.colour);

  await patient.page.getByRole('button', { name: 'Unmute', exact: true }).click();
  await provider.expectHears('Patient', patient.colour);
});

test('who switches the camera off is not seen but heard, until they switch it on', async ({ patient, provider }) => {
  await patient.page.getByRole('button', { name: 'Stop camera', exact: true }).click();
  await expect(provider.remote('Patient').locator('video')).toHaveCount(0);
  await provider.expectHears('Patient', patient.colour);

  await patient.page.getByRole('button', { name: 'Start camera', exact: true }).click();
  await provider.expectSees('Patient', patient.colour);
});

test('whoever joins later finds a muted person muted', async ({ arrive, patient }) => {
  await patient.page.getByRole('button', { name: 'Mute', exact: true }).click();
  await patient.page.getByRole('button', { name: 'Stop camera', exact: true }).click();
  const later = await arrive('provider', { colour: 'yellow' });
  await later.open();
  await later.joinRoom();
  await expect(later.remote('Patient')).toContainText(/muted|microphone is off/i);
  await expect(later.remote('Patient').locator('video')).toHaveCount(0);
});
