import { expect, test } from '../../fixtures';
import { expectConversation } from '../../fixtures/journeys';

test('a patient who comes first waits by the campfire until the provider comes, then they see and hear each other', async ({
  patient,
  provider,
}) => {
  await patient.open();
  await expect(patient.heading).toBeVisible();
  await patient.expectNotWaiting();
  await patient.joinRoom();
  await patient.expectCameraOn();
  await patient.expectWaiting();
  await patient.expectAlone();

  await provider.open();
  await provider.joinRoom();
  await provider.expectCameraOn();
  await expect(provider.page.getByText('Thanks for caring for our patients')).toBeVisible();

  await expectConversation(patient, provider);
  expect(await patient.identity()).toMatch(/^patient-./);
  await expect(provider.remote('Patient')).toHaveAttribute('data-identity', await patient.identity());
});
