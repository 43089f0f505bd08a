import { expect, test } from '../../fixtures';
import { expectConversation, signalingSockets } from '../../fixtures/journeys';
import type { Participant } from '../../fixtures/participant';

// Playwright shows every tab to itself as if it were in front, and leaves its timers alone. Browsers do neither: five minutes
// after a tab went out of sight its timers run once a minute. Here after five seconds, for a test has less patience.
const likeBrowsers = {
  withoutFlags: [
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
  ],
  flags: ['--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/5'],
};

/// Puts another tab in front. Returns how to come back.
async function lookElsewhere({ page, context }: Participant): Promise<() => Promise<void>> {
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  const other = await context.newPage();
  await other.bringToFront();
  await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe('hidden');
  return async () => {
    await page.bringToFront();
    await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe('visible');
  };
}

test('field bug 1 turned round: who waits in a hidden tab, whose timers run once a minute, keeps the seat', async ({ arrive, provider }) => {
  test.setTimeout(240_000);
  const patient = await arrive('patient', likeBrowsers);
  const spoken: number[] = [];
  patient.page.on('websocket', (socket) => socket.on('framesent', () => spoken.push(Date.now())));
  await patient.open();
  await patient.joinRoom();
  await patient.expectWaiting();
  const sockets = signalingSockets(patient);
  await lookElsewhere(patient);

  await provider.open();
  await provider.waitForClock(100_000);
  const silences = spoken.slice(1).map((at, index) => (at - spoken[index]!) / 1000);
  expect(Math.max(...silences), 'seconds of silence: the browser did slow the page down').toBeGreaterThan(30);
  expect(signalingSockets(patient), 'one socket all the time').toBe(sockets);

  await provider.joinRoom();
  await expect(provider.remote('Patient'), 'she is still there').toHaveCount(1);
  await expectConversation(patient, provider);
  expect(signalingSockets(patient)).toBe(sockets);
});

test('the campfire costs nothing in a hidden tab and burns again when she looks', async ({ arrive }) => {
  const patient = await arrive('patient', likeBrowsers);
  await patient.open();
  await patient.joinRoom();
  await expect(patient.campfire).toHaveAttribute('data-burning', 'true');
  const lookBack = await lookElsewhere(patient);
  await expect(patient.campfire).toHaveAttribute('data-burning', 'false');
  await patient.expectPhase('in-room');
  await lookBack();
  await expect(patient.campfire).toHaveAttribute('data-burning', 'true');
});
