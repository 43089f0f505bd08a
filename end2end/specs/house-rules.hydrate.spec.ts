import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures';

const home = join(__dirname, '..');
const below = (folder: string): { name: string; text: string }[] =>
  readdirSync(join(home, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('house-rules'))
    .map((name) => ({ name: join(folder, name), text: readFileSync(join(home, folder, name), 'utf8') }));

const sleep = /waitForTimeout|(?<!test\.)setTimeout\(|timers\/promises/;
const forbidden = {
  'a sleep': sleep,
  'a test left out': /\.(skip|only|fixme)\b/,
  'a second try': /retries/,
  // `runPreflight` sends insights to Twilio whatever the engine is: only that may be answered in Twilio's place.
  'a mocked server': /\.route\(|routeWebSocket(?!\(\/sdkgw\/)|routeFromHAR/,
};

test('no spec sleeps, skips, tries twice or mocks the server', () => {
  const specs = below('specs');
  expect(specs.length).toBeGreaterThan(20);
  for (const [what, pattern] of Object.entries(forbidden)) {
    expect(specs.filter(({ text }) => pattern.test(text)).map(({ name }) => name), what).toEqual([]);
  }
  expect(readFileSync(join(home, 'playwright.config.ts'), 'utf8')).toContain('retries: 0');
});

test('what specs use sleeps only between two looks, or to keep a server away for as long as a spec says', () => {
  const sleeping = [...below('fixtures'), ...below('pages')].filter(({ text }) => sleep.test(text)).map(({ name }) => name);
  expect(sleeping.sort()).toEqual(['fixtures/media-probe.ts', 'fixtures/poll.ts', 'fixtures/room-server.ts']);
});
