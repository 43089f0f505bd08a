import { expect, test } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';

test('invariant 1: the waiting room comes back each time the provider leaves, and goes each time they return', async ({ patient, provider }) => {
  test.setTimeout(120_000);
  await meet(patient, provider);
  for (let round = 1; round <= 4; round++) {
    await provider.leaveRoom();
    await patient.expectWaiting();
    await patient.expectAlone();
    await expect(patient.campfire).toHaveAttribute('data-burning', 'true');
    await provider.joinRoom();
    await patient.expectNotWaiting();
    await patient.expectSees('Provider', provider.colour);
  }
  await expectConversation(patient, provider);
});
