import { expect, type Response, test } from '../../fixtures';

const BUDGET = 150_000;

declare global {
  interface Window {
    __interactive: number;
  }
}

/// In the page, before anything else of it: when its presses are heard.
function noteWhenInteractive(): void {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('main[data-hydrated]')) return;
    window.__interactive = performance.now();
    observer.disconnect();
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['data-hydrated'] });
}

/// In the page: what it had asked for by then.
function askedBeforeInteractive(): string[] {
  const asked = performance.getEntriesByType('resource').filter(({ startTime }) => startTime <= window.__interactive);
  return [location.href, ...asked.map(({ name }) => name)];
}

test('the patient page needs at most 150 kB brotli of our HTML, CSS, JS and WASM before it is interactive', async ({ patient }) => {
  const answers: Response[] = [];
  patient.page.on('response', (response) => answers.push(response));
  await patient.page.addInitScript(noteWhenInteractive);
  await patient.open();
  const asked = await patient.page.evaluate(askedBeforeInteractive);

  const ours: [string, number][] = [];
  for (const answer of answers) {
    const { pathname } = new URL(answer.url());
    if (!asked.includes(answer.url()) || /\.(ico|png|svg|webp|woff2?)$/.test(pathname)) continue;
    expect(await answer.headerValue('content-encoding'), pathname).toBe('br');
    ours.push([pathname, (await answer.request().sizes()).responseBodySize]);
  }
  expect(ours.filter(([path]) => /twilio|call_engine|fireplace/.test(path)), 'what a call and a wait need comes later').toEqual([]);
  const total = ours.reduce((sum, [, size]) => sum + size, 0);
  const list = ours.map(([path, size]) => `${path} ${size}`).join('\n');
  console.log(`before interactive: ${total} bytes of ${BUDGET}\n${list}`);
  for (const kind of ['.css', '.js', '.wasm']) expect(ours.some(([path]) => path.endsWith(kind)), `${kind} was counted`).toBe(true);
  expect(total, list).toBeLessThanOrEqual(BUDGET);
});

test('the SDK is not in the way: it is not asked for before the first paint, nor on the welcome page', async ({ patient, server }) => {
  await patient.page.goto(server.origin);
  // It has no script: what it has not asked for now it never will.
  await expect(patient.page.locator('script[src], link[rel=preload], link[rel=modulepreload]')).toHaveCount(0);
  expect(patient.watch.requests.filter((url) => /twilio/i.test(url))).toEqual([]);
  await patient.open();
  // Without a press on Join: it comes by itself, and then the paint is long past.
  await patient.prepared();
  const times = await patient.page.evaluate(() => ({
    paint: performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => startTime),
    sdk: performance.getEntriesByType('resource').filter(({ name }) => /twilio/i.test(name)).map(({ startTime }) => startTime),
  }));
  expect(times.paint, 'it was painted').toHaveLength(1);
  expect(times.sdk, 'the SDK was asked for once').toHaveLength(1);
  expect(times.sdk[0]).toBeGreaterThan(times.paint[0]!);
});
