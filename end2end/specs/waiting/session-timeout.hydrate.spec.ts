import { expect, test } from '../../fixtures';
import { expectConversation, expectNewSocket, meet, signalingSockets, waitingRoomSightings } from '../../fixtures/journeys';

test.use({ serverOptions: { env: { SESSION_TIMEOUT: '30s' } } });

test('a wire dead for 25 s costs nobody the seat: the patient reconnects, and to the provider she never left', async ({
  arrive,
  wire,
  provider,
}) => {
  test.setTimeout(150_000);
  const patient = await arrive('patient', { origin: wire.origin });
  patient.watch.provokesNetworkTrouble();
  await meet(patient, provider);
  const before = signalingSockets(patient);
  const phases = await patient.phasesSeen(async () => {
    const sightings = await waitingRoomSightings(patient, async () => {
      wire.stall();
      await provider.waitForClock(25_000);
      await expect(provider.remote('Patient'), 'media goes on beside the dead wire').toHaveCount(1);
      wire.drop();
      wire.restore();
      await expectNewSocket(patient, before);
      await patient.expectPhase('in-room');
    });
    expect(sightings).toBe(0);
  });
  expect(phases).toEqual(['in-room', 'reconnecting', 'in-room']);
  await expectConversation(patient, provider);
});

test('a socket that never comes back costs the seat once the session timeout is over, not before', async ({ arrive, wire, provider }) => {
  test.setTimeout(150_000);
  const patient = await arrive('patient', { origin: wire.origin });
  patient.watch.provokesNetworkTrouble();
  await meet(patient, provider);
  const stalled = Date.now();
  wire.stall();
  await expect(provider.remote('Patient')).toHaveCount(0, { timeout: 60_000 });
  const seconds = (Date.now() - stalled) / 1000;
  expect(seconds, 'seconds until she is gone').toBeGreaterThan(30);
  // The room server misses her three heartbeats (6 s, `rooms/core/absence.rs`) after her last, and then the timeout runs. The rest is
  // for a busy machine, and less than another round of three.
  expect(seconds).toBeLessThan(36 + 5);
  wire.restore();
});
