import { expect, test } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';

// 53001 and 53000: the network was away for longer than the session timeout, so the SDK gives the room up.
test('invariant 4: a patient cut off for longer than the session timeout is back by herself, with the same identity', async ({
  arrive,
  wire,
  provider,
}) => {
  test.setTimeout(120_000);
  const patient = await arrive('patient', { origin: wire.origin });
  patient.watch.provokesNetworkTrouble();
  await meet(patient, provider);
  const identity = await patient.identity();

  wire.cut();
  await patient.expectPhase('reconnecting');
  await provider.expectAlone();
  await patient.expectPhase('rejoining');
  await patient.expectWaiting();
  await expect(patient.leave, 'she can still leave').toBeVisible();
  await expect(patient.join, 'nothing to press').toBeHidden();

  wire.restore();
  await patient.expectInRoom();
  await expectConversation(patient, provider);
  expect(await patient.identity()).toBe(identity);
  await expect(provider.remote('Patient')).toHaveCount(1);
});

test('a provider cut off for longer than the session timeout is back by himself; the patient waits meanwhile', async ({
  arrive,
  wire,
  patient,
}) => {
  test.setTimeout(120_000);
  const provider = await arrive('provider', { origin: wire.origin });
  provider.watch.provokesNetworkTrouble();
  await meet(patient, provider);
  wire.cut();
  await patient.expectWaiting();
  await provider.expectPhase('rejoining');
  wire.restore();
  await provider.expectInRoom();
  await expectConversation(patient, provider);
});

test('who presses Leave while the page rejoins has left: the camera is off and nothing brings them back', async ({ arrive, wire }) => {
  const patient = await arrive('patient', { origin: wire.origin });
  patient.watch.provokesNetworkTrouble();
  await patient.open();
  await patient.joinRoom();
  wire.cut();
  await patient.expectPhase('rejoining');
  await patient.leaveRoom();
  await patient.expectCameraOff();
  wire.restore();
  await patient.joinRoom();
  await patient.expectWaiting();
});
