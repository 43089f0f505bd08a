import { get, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';
import type { OwlServer } from '../../fixtures/server';

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

test('scripts, styles, the module and the SDK come compressed as asked for, and are kept for good', async ({ patient, server }) => {
  await patient.open();
  await patient.prepared();
  const paths = patient.watch.requests.map((url) => new URL(url).pathname).filter((path) => /^\/(pkg|vendor)\//.test(path));
  for (const kind of [/^\/pkg\/.*\.css$/, /^\/pkg\/.*\.js$/, /^\/pkg\/.*\.wasm$/, /call_engine.*\.wasm$/, /^\/vendor\/twilio-video-[\d.]+\.min\.js$/]) {
    expect(paths.filter((path) => kind.test(path)), `${kind}`).not.toEqual([]);
  }
  const unpack = { identity: (bytes: Buffer) => bytes, gzip: gunzipSync, br: brotliDecompressSync };
  for (const path of new Set(paths)) {
    const whole = (await ask(server, path, 'identity')).body;
    for (const encoding of ['identity', 'gzip', 'br'] as const) {
      const { headers, body } = await ask(server, path, encoding);
      const what = `${path} as ${encoding}`;
      expect(headers['content-encoding'] ?? 'identity', what).toBe(encoding);
      expect(headers['cache-control'], what).toBe('public, max-age=31536000, immutable');
      expect(headers.vary, `${what}: a cache in between must not mix them up`).toMatch(/accept-encoding/i);
      expect(unpack[encoding](body).equals(whole), `${what} is what it is without`).toBe(true);
      if (encoding !== 'identity') expect(body.length, what).toBeLessThan(whole.length);
    }
  }
});

/// As it comes over the wire: what `fetch` gives is unpacked already.
function ask({ port }: OwlServer, path: string, encoding: string): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((done, failed) => {
    const asked = get({ host: '127.0.0.1', port, path, headers: { 'accept-encoding': encoding } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => done({ headers: answer.headers, body: Buffer.concat(chunks) }));
    });
    asked.on('error', failed);
  });
}
