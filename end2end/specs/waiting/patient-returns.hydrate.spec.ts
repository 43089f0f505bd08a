import { test } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';

test('a patient who left comes back to the provider who stayed', async ({ patient, provider }) => {
  await meet(patient, provider);
  await patient.leaveRoom();
  await patient.expectNotWaiting();
  await provider.expectAlone();
  await patient.joinRoom();
  await expectConversation(patient, provider);
});

test('a patient who left while waiting comes back to the waiting room', async ({ patient }) => {
  await patient.open();
  await patient.joinRoom();
  await patient.expectWaiting();
  await patient.leaveRoom();
  await patient.expectNotWaiting();
  await patient.joinRoom();
  await patient.expectWaiting();
});
