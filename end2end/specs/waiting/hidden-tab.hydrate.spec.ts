import { expect, test as base } from '../../fixtures';
import { Tabs } from '../../fixtures/tabs';

const test = base.extend<{ tabs: Tabs }>({
  tabs: async ({ server }, use) => {
    const tabs = await Tabs.launch({ colour: 'blue' });
    await tabs.page.goto(`${server.origin}/patient`);
    await tabs.until('main[data-hydrated]');
    await use(tabs);
    await tabs.close();
  },
});

async function join(tabs: Tabs): Promise<void> {
  await tabs.page.click('.button--primary');
  await tabs.until('main[data-phase="in-room"] .waiting-room');
}

// Chromium does not slow a hidden page down to one timer a minute while it holds a socket (tried, with a grace period of 5 s), but it
// can freeze one, and other browsers do either. The page is silent then; the browser itself still answers the room server's pings.
test('who waits alone in a hidden tab that is frozen for 20 s keeps the seat', async ({ tabs, provider }) => {
  test.setTimeout(120_000);
  const devtools = await tabs.page.createCDPSession();
  await devtools.send('Network.enable');
  const spoken: number[] = []; // seconds
  const welcomes: string[] = [];
  devtools.on('Network.webSocketFrameSent', ({ timestamp }) => spoken.push(timestamp));
  devtools.on('Network.webSocketFrameReceived', ({ response }) => {
    const kind = /"type":"(connected|synced|error|disconnected)"/.exec(response.payloadData)?.[1];
    if (kind) welcomes.push(kind);
  });
  await join(tabs);
  await tabs.hide();
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await provider.open();
  await provider.waitForClock(20_000);
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await tabs.show();

  await provider.joinRoom();
  await expect(provider.remote('Patient')).toHaveCount(1);
  await provider.expectSees('Patient', 'blue');
  await tabs.until('main[data-phase="in-room"] article video');
  const silences = spoken.slice(1).map((at, index) => at - spoken[index]!);
  expect(Math.max(...silences), 'seconds of silence').toBeGreaterThan(15);
  // The SDK, awake again, may think that the server has been silent, and open another socket. A seat that was lost, after a
  // session timeout of 3 s, could not be synced with, only connected to anew.
  expect(welcomes.slice(0, 1)).toEqual(['connected']);
  expect(welcomes.slice(1).filter((kind) => kind !== 'synced')).toEqual([]);
});

test('the campfire does not burn in a hidden tab, and does again when she looks', async ({ tabs }) => {
  await join(tabs);
  await tabs.until('canvas[data-burning="true"]');
  await tabs.hide();
  await tabs.page.waitForFunction(() => document.querySelector('canvas')?.dataset['burning'] === 'false', { polling: 100 });
  const painted = () => tabs.page.evaluate(() => document.querySelector('canvas')!.toDataURL());
  const before = await painted();
  await tabs.show();
  await tabs.until('canvas[data-burning="true"]');
  await expect.poll(painted).not.toBe(before);
});
