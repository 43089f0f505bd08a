import { expect, test } from '../../fixtures';

const BUDGET = 150_000;

test('the patient page needs at most 150 kB brotli of our HTML, CSS, JS and WASM before it is interactive', async ({ patient }) => {
  const session = await patient.context.newCDPSession(patient.page);
  await session.send('Network.enable');
  const urls = new Map<string, string>();
  const plain: string[] = [];
  const sizes = new Map<string, number>();
  session.on('Network.responseReceived', ({ requestId, response, type }) => {
    urls.set(requestId, response.url);
    const encoding = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
    const text = ['Document', 'Stylesheet', 'Script'].includes(type) || response.url.includes('.wasm');
    if (text && encoding !== 'br') plain.push(response.url);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(urls.get(requestId) ?? '', encodedDataLength));
  await patient.open();

  const ours = [...sizes].filter(([url]) => !/twilio/i.test(url) && !/\.(ico|png|svg|webp|woff2?)(\?|$)/.test(url));
  const total = ours.reduce((sum, [, size]) => sum + size, 0);
  const list = ours.map(([url, size]) => `${new URL(url).pathname} ${size}`).join('\n');
  console.log(`before interactive: ${total} bytes of ${BUDGET}\n${list}`);
  expect(ours.some(([url]) => url.includes('.wasm')), 'the module was counted').toBe(true);
  expect(total, list).toBeLessThanOrEqual(BUDGET);
  expect(plain.filter((url) => !/twilio/i.test(url)), 'not brotli').toEqual([]);
});

test('the SDK is not in the way: it is not asked for before the first paint, nor on the welcome page', async ({ patient, server }) => {
  await patient.page.goto(server.origin);
  await patient.page.waitForLoadState('networkidle');
  expect(patient.watch.requests.filter((url) => /twilio/i.test(url))).toEqual([]);
  await patient.open();
  const times = await patient.page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity,
    sdk: performance.getEntriesByType('resource').filter(({ name }) => /twilio/i.test(name)).map(({ startTime }) => startTime),
  }));
  for (const asked of times.sdk) expect(asked).toBeGreaterThan(times.paint);
  await patient.joinRoom();
  expect(patient.watch.requests.some((url) => /twilio/i.test(url)), 'served by us').toBe(true);
});
