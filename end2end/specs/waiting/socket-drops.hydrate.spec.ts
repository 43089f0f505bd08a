import { expect, test } from '../../fixtures';
import { expectConversation, expectNewSocket, meet, signalingSockets, waitingRoomSightings } from '../../fixtures/journeys';
import type { Seat } from '../../fixtures/participant';

for (const seat of ['patient', 'provider'] satisfies Seat[]) {
  test(`the ${seat}'s socket drops and recovers: the call goes on and the waiting room never shows`, async ({ arrive, wire }) => {
    const behindWire = { origin: wire.origin };
    const patient = await arrive('patient', seat === 'patient' ? behindWire : {});
    const provider = await arrive('provider', seat === 'provider' ? behindWire : {});
    const dropped = seat === 'patient' ? patient : provider;
    dropped.watch.provokesNetworkTrouble();
    await meet(patient, provider);

    const sightings = await waitingRoomSightings(patient, async () => {
      const before = signalingSockets(dropped);
      wire.drop();
      await expectNewSocket(dropped, before);
      await dropped.expectPhase('in-room');
      await expectConversation(patient, provider);
    });
    expect(sightings).toBe(0);

    // The new socket carries news both ways.
    await provider.leaveRoom();
    await patient.expectWaiting();
    await provider.joinRoom();
    await expectConversation(patient, provider);
  });
}

test('a patient whose socket drops while waiting goes on waiting', async ({ arrive, wire, provider }) => {
  const patient = await arrive('patient', { origin: wire.origin });
  patient.watch.provokesNetworkTrouble();
  await patient.open();
  await patient.joinRoom();
  await patient.expectWaiting();
  const before = signalingSockets(patient);
  wire.drop();
  await expectNewSocket(patient, before);
  await patient.expectWaiting();
  await patient.expectPhase('in-room');
  await provider.open();
  await provider.joinRoom();
  await expectConversation(patient, provider);
});
