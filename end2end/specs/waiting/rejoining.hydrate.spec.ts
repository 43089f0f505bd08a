import { expect, test } from '../../fixtures';
import { Front } from '../../fixtures/front';
import { expectConversation } from '../../fixtures/journeys';
import type { Participant } from '../../fixtures/participant';
import { watchEnds } from '../../fixtures/sdk-ends';

/// They meet, and the codes with which the SDK ends the rooms of one of them are noted.
async function meetWatching(watched: Participant, { patient, provider }: Record<'patient' | 'provider', Participant>): Promise<() => Promise<number[]>> {
  for (const side of [patient, provider]) await side.open();
  const ends = await watchEnds(watched);
  for (const side of [patient, provider]) await side.joinRoom();
  await patient.expectSees('Provider', provider.colour);
  await provider.expectSees('Patient', patient.colour);
  return ends;
}

// The network was away for longer than the session timeout: the SDK gives the room up, with 53001.
test('invariant 4, 53001: a patient cut off for longer than the session timeout is back by herself, with the same identity', async ({
  arrive,
  wire,
  provider,
}) => {
  test.setTimeout(120_000);
  const patient = await arrive('patient', { origin: wire.origin });
  patient.watch.provokesNetworkTrouble();
  const ends = await meetWatching(patient, { patient, provider });
  const identity = await patient.identity();

  wire.cut();
  await patient.expectPhase('reconnecting');
  await provider.expectAlone();
  await patient.expectPhase('rejoining');
  expect(await ends()).toEqual([53001]);
  await patient.expectWaiting();
  await expect(patient.leave, 'she can still leave').toBeVisible();
  await expect(patient.join, 'nothing to press').toBeHidden();

  wire.restore();
  await patient.expectInRoom();
  await expectConversation(patient, provider);
  expect(await patient.identity()).toBe(identity);
  await expect(provider.remote('Patient')).toHaveCount(1);
});

test('53001: a provider cut off for longer than the session timeout is back by himself; the patient waits meanwhile', async ({
  arrive,
  wire,
  patient,
}) => {
  test.setTimeout(120_000);
  const provider = await arrive('provider', { origin: wire.origin });
  provider.watch.provokesNetworkTrouble();
  const ends = await meetWatching(provider, { patient, provider });
  wire.cut();
  await patient.expectWaiting();
  await provider.expectPhase('rejoining');
  expect(await ends()).toEqual([53001]);
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

// Of a session that may not be taken up again at all the SDK says 53000, at once.
test('53000: when the SDK gives up a lost room server at once, the page comes back by itself', async ({ arrive, server, provider }) => {
  test.setTimeout(120_000);
  const front = await Front.before(server.port, {
    says: (frame) => (frame.body?.type === 'connected' ? { ...frame, body: { ...frame.body, options: { session_timeout: 0 } } } : frame),
  });
  const patient = await arrive('patient', { origin: front.origin });
  patient.watch.provokesNetworkTrouble();
  const ends = await meetWatching(patient, { patient, provider });
  const phases = await patient.phasesSeen(async () => {
    front.cut();
    await expect.poll(ends).toEqual([53000]);
    await patient.expectInRoom();
  });
  expect(phases).toEqual(['in-room', 'rejoining', 'in-room']);
  await expectConversation(patient, provider);
  await expect(provider.remote('Patient'), 'listed once').toHaveCount(1);
  await front.close();
});
