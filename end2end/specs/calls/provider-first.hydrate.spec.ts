import { expect, test } from '../../fixtures';
import { expectConversation, waitingRoomSightings } from '../../fixtures/journeys';

test('a patient who comes second goes straight to the provider, past the waiting room', async ({ patient, provider }) => {
  await provider.open();
  await provider.joinRoom();
  await provider.expectAlone();
  await expect(provider.waitingRoom, 'a provider does not wait').toBeHidden();

  await patient.open();
  const sightings = await waitingRoomSightings(patient, async () => {
    await patient.joinRoom();
    await expectConversation(patient, provider);
  });
  expect(sightings).toBe(0);
});
