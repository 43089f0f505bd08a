import { expect, test as base } from '../../fixtures';
import { Firefox } from '../../fixtures/firefox';
import { loudestIn, lookAt } from '../../fixtures/media-probe';
import { nearestColour } from '../../media/palette';

const test = base.extend<{ firefox: Firefox }>({
  firefox: async ({}, use) => {
    const firefox = await Firefox.launch();
    await use(firefox);
    await firefox.close();
  },
});

test('a patient in Chromium and a provider in Firefox see and hear each other', async ({ patient, firefox, server }) => {
  test.setTimeout(120_000);
  const { page } = firefox;
  await patient.open();
  await patient.joinRoom();

  await page.goto(`${server.origin}/provider`);
  await page.locator('main[data-hydrated]').wait();
  await page.locator('::-p-aria(Join Room[role="button"])').click();
  await page.locator('main[data-phase="in-room"]').wait();
  await patient.expectNotWaiting();

  const inFirefox = 'article[aria-label="Patient"]';
  await page.locator(`${inFirefox} video`).wait();
  let before: number | undefined;
  const seenByFirefox = async () => {
    const { frames, pixel } = await page.$eval(`${inFirefox} video`, lookAt);
    before ??= frames;
    return { colour: nearestColour(pixel), moving: frames >= before + 5 };
  };
  await expect.poll(seenByFirefox).toEqual({ colour: patient.colour, moving: true });
  const silence = 0.01; // joules of a kind: a second of our beeps brings ten times as much
  const energy = await firefox.soundEnergy();
  await expect.poll(() => firefox.soundEnergy()).toBeGreaterThan(energy + silence);
  const plays = await page.$eval(`${inFirefox} audio`, (audio) => !audio.paused && !audio.muted && audio.currentTime > 0);
  expect(plays).toBe(true);

  // Firefox's own fake camera has no colour of our choice; it changes all the time.
  const video = patient.remote('Provider').locator('video');
  const first = await video.evaluate(lookAt);
  await expect.poll(async () => (await video.evaluate(lookAt)).frames).toBeGreaterThan(first.frames + 5);
  await expect.poll(async () => (await video.evaluate(lookAt)).pixel).not.toEqual(first.pixel);
  await expect.poll(() => patient.remote('Provider').locator('audio').evaluate(loudestIn)).toBeGreaterThan(100);

  await page.locator('::-p-aria(Leave Room[role="button"])').click();
  await patient.expectWaiting();
  expect(firefox.complaints).toEqual([]);
  const hosts = firefox.requests.map((url) => new URL(url)).flatMap(({ protocol, host }) => (/^(data|blob|about):/.test(protocol) ? [] : host));
  expect(new Set(hosts), 'nobody else is asked for anything').toEqual(new Set([new URL(server.origin).host]));
});
