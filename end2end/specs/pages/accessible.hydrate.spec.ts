import { test } from '../../fixtures';
import { expectAccessible } from '../../fixtures/axe';
import type { Hooked } from '../../fixtures/hooks';

test('axe finds nothing on any page in any state @phone', async ({ arrive, server, patient, provider }) => {
  test.setTimeout(120_000);
  await patient.page.goto(server.origin);
  await expectAccessible(patient, 'welcome');
  await patient.open();
  await expectAccessible(patient, 'patient, ready');
  await patient.joinRoom();
  await patient.expectWaiting();
  await expectAccessible(patient, 'waiting room');
  await provider.open();
  await expectAccessible(provider, 'provider, ready');
  await provider.joinRoom();
  await patient.expectSees('Provider', provider.colour);
  await provider.expectSees('Patient', patient.colour);
  await expectAccessible(patient, 'patient, in the call');
  await expectAccessible(provider, 'provider, in the call');
  await patient.leaveRoom();
  await expectAccessible(patient, 'patient, left');

  const refused = await arrive('patient', { devices: 'deny' });
  await refused.open();
  await refused.join.click();
  await refused.expectFailure('denied');
  await expectAccessible(refused, 'error');
});

test('axe finds nothing where things go wrong: not found, media that does not come, a failed camera, rejoining @phone', async ({
  arrive,
  wire,
  server,
  provider,
}) => {
  test.setTimeout(120_000);
  const lost = await arrive('patient');
  lost.watch.provokes(/404/);
  await lost.page.goto(`${server.origin}/nowhere`);
  await expectAccessible(lost, 'not found');

  await provider.open();
  await provider.joinRoom();
  const policy = 'webrtc-ip-handling-policy=disable_non_proxied_udp';
  const patient = await arrive('patient', { origin: wire.origin, flags: [`--${policy}`, `--force-${policy}`] });
  patient.watch.provokesNetworkTrouble();
  await patient.open();
  await patient.joinRoom();
  await patient.expectFailure('media');
  await expectAccessible(patient, 'media warning');

  await provider.page.evaluate(() => {
    for (const track of (window as unknown as { __owl: Hooked }).__owl.tracks) track.dispatchEvent(new Event('ended'));
  });
  await provider.expectFailure('device');
  await expectAccessible(provider, 'failed devices');

  wire.cut();
  await patient.expectPhase('rejoining');
  await expectAccessible(patient, 'rejoining');
});
