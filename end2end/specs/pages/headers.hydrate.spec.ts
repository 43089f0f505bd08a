import { expect, test } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';

test('a whole call runs under a content policy that forbids inline and evaluated script', async ({ patient, provider }) => {
  const answer = await patient.page.goto(patient.address);
  const policy = (await answer?.headerValue('content-security-policy')) ?? '';
  expect(policy).toMatch(/script-src [^;]*'nonce-[^']+'/);
  expect(policy).toContain("'wasm-unsafe-eval'");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(policy).not.toContain('twilio.com');
  expect(await answer?.headerValue('permissions-policy')).toMatch(/camera=\(self\)/);
  await meet(patient, provider);
  await expectConversation(patient, provider);
  for (const side of [patient, provider]) expect(side.watch.violations).toEqual([]);
});

test('every page load gets a nonce of its own', async ({ patient }) => {
  const nonces = new Set<string>();
  for (let load = 0; load < 3; load++) {
    const answer = await patient.page.goto(patient.address);
    nonces.add(/'nonce-([^']+)'/.exec((await answer?.headerValue('content-security-policy')) ?? '')?.[1] ?? '');
  }
  expect(nonces.size).toBe(3);
  expect(nonces).not.toContain('');
});

test('the release build hydrates without a word in the console', async ({ patient, provider, server }) => {
  const words: string[] = [];
  for (const side of [patient, provider]) side.context.on('console', (message) => words.push(message.text()));
  await patient.page.goto(server.origin);
  for (const side of [patient, provider]) await side.open();
  expect(words).toEqual([]);
});

test('scripts and styles have hashed names and are kept for good', async ({ patient }) => {
  const kept: Record<string, string> = {};
  patient.page.on('response', async (response) => {
    if (/\.(js|wasm|css)$/.test(new URL(response.url()).pathname)) kept[response.url()] = response.headers()['cache-control'] ?? '';
  });
  await patient.open();
  await expect.poll(() => Object.keys(kept).length).toBeGreaterThan(2);
  for (const [url, cached] of Object.entries(kept)) expect(cached, url).toMatch(/immutable/);
});
