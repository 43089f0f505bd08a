import { expect, test } from '../../fixtures';

// The browser may open sockets but no media path: as behind a firewall that lets only web traffic out.
const policy = 'webrtc-ip-handling-policy=disable_non_proxied_udp';
const webOnly = [`--${policy}`, `--force-${policy}`]; // by its name in the browser and in the bare shell

// Longer than the wait for the warning: what the SDK does after it gave up is another journey.
test.use({ serverOptions: { env: { SESSION_TIMEOUT: '30s' } } });

test('when media does not connect within 10 s of joining, the page says so and what to do', async ({ arrive, provider }) => {
  const patient = await arrive('patient', { flags: webOnly });
  await provider.open();
  await provider.joinRoom();
  await patient.open();
  await patient.joinRoom();
  const joined = Date.now();
  const warning = await patient.expectFailure('media');
  const waited = Date.now() - joined;
  expect(waited, 'milliseconds from joining to the warning').toBeGreaterThan(8_000);
  expect(waited).toBeLessThan(13_000);
  await expect(warning.getByRole('paragraph').first()).not.toBeEmpty();
  await expect(patient.leave, 'a warning, not an end').toBeVisible();
  expect(await patient.connectionStates(), 'media was kept out indeed').not.toContain('connected');
});

test('a patient who waits alone for longer than 10 s is not told that media does not connect', async ({ patient, provider }) => {
  await patient.open();
  await patient.joinRoom();
  await patient.waitForClock(12_000);
  await expect(patient.page.getByRole('alert')).toHaveCount(0);
  await provider.open();
  await provider.joinRoom();
  await patient.expectSees('Provider', provider.colour);
  await expect(patient.page.getByRole('alert')).toHaveCount(0);
});
