import { expect, test } from '../../fixtures';
import { expectConversation, expectNewSocket, meet, signalingSockets, waitingRoomSightings } from '../../fixtures/journeys';
import type { Seat } from '../../fixtures/participant';

for (const seat of ['patient', 'provider'] satisfies Seat[]) {
  test(`bug 13: the ${seat}'s socket drops and recovers: the call goes on and the waiting room never shows`, async ({ arrive, wire }) => {
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

test.describe(() => {
  test.use({ serverOptions: { env: { SESSION_TIMEOUT: '30s' } } });

  // For longer the room server gives the pair up, so that who stays is not taken down with it.
  test('invariant 1: while the provider is interrupted the picture stays, the page says so over it, and no waiting room shows', async ({
    arrive,
    wire,
    patient,
  }) => {
    const provider = await arrive('provider', { origin: wire.origin });
    provider.watch.provokesNetworkTrouble();
    await meet(patient, provider);
    const sightings = await waitingRoomSightings(patient, async () => {
      wire.cut();
      await expect(patient.remote('Provider')).toContainText('Reconnecting…');
      await expect(patient.status.first()).toContainText('Your provider’s connection was interrupted. Please stay: it should come back.');
      await patient.expectSees('Provider', provider.colour);
      wire.restore();
      await expect(patient.remote('Provider')).not.toContainText('Reconnecting…');
      await expectConversation(patient, provider);
    });
    expect(sightings).toBe(0);
  });
});

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
