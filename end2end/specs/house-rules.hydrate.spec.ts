import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures';

interface File {
  name: string;
  text: string;
}

const home = join(__dirname, '..');
const below = (folder: string): File[] =>
  readdirSync(join(home, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('house-rules'))
    .map((name) => ({ name: join(folder, name), text: readFileSync(join(home, folder, name), 'utf8') }));
const [specs, pages, fixtures] = [below('specs'), below('pages'), below('fixtures')];
const having = (files: File[], pattern: RegExp): string[] => files.filter(({ text }) => pattern.test(text)).map(({ name }) => name).sort();

const sleep = /waitForTimeout|(?<!test\.)setTimeout\(|timers\/promises/;
const forbidden = {
  'a test left out': /\.(skip|only|fixme|fail)\b/,
  'a second try': /\bretries\b|\.toPass\(/,
  // Quiet for half a second is a guess, not a state.
  'a wait for silence': /networkidle/,
  // `runPreflight` sends insights to Twilio whatever the engine is: only that may be answered in Twilio's place. And our own module may
  // be held back, but comes from the server.
  'a mocked server': /\.route\((?!\/\\\.wasm\/)|routeWebSocket(?!\(\/sdkgw\/)|routeFromHAR/,
};

test('no spec, page or fixture leaves out, tries twice, waits for silence or mocks the server', () => {
  expect(specs.length).toBeGreaterThan(20);
  for (const [what, pattern] of Object.entries(forbidden)) expect(having([...specs, ...pages, ...fixtures], pattern), what).toEqual([]);
  expect(readFileSync(join(home, 'playwright.config.ts'), 'utf8')).toContain('retries: 0');
});

test('no spec sleeps; what specs use does between two looks only, or to keep a server away for as long as a spec says', () => {
  expect(having(specs, sleep)).toEqual([]);
  expect(having([...pages, ...fixtures], sleep)).toEqual(['fixtures/media-probe.ts', 'fixtures/poll.ts', 'fixtures/room-server.ts']);
});

test('a page’s clock is waited for only where something must not happen, or lasts, for a time that is the matter itself', () => {
  expect(having(specs, /waitForClock/)).toEqual([
    'specs/clinic/notice.hydrate.spec.ts', // nobody is seen or heard when ten seconds are over
    'specs/rooms/dying.spec.ts', // nobody leaves while ICE fails and the session timeout passes
    'specs/waiting/gone.hydrate.spec.ts', // nor at the silence of one who is still there
    'specs/waiting/hidden-tab.hydrate.spec.ts', // frozen for 20 s
    'specs/waiting/no-media.hydrate.spec.ts', // no warning after 10 s
    'specs/waiting/session-timeout.hydrate.spec.ts', // a wire dead for 25 s
    'specs/waiting/silent-network.hydrate.spec.ts', // a network dead for 60 s
  ]);
});

test('the rules find what they forbid', () => {
  const found = (text: string): string[] => [...Object.values(forbidden), sleep].filter((rule) => rule.test(text)).map(String);
  for (const line of [
    'await page.waitForTimeout(5)',
    'await new Promise((done) => setTimeout(done, 5))',
    "import { setTimeout as pause } from 'node:timers/promises';",
    'test.skip(true)',
    'test.fixme()',
    'test.describe.only(',
    'test.describe.configure({ retries: 2 })',
    'await expect(() => look()).toPass()',
    "await page.waitForLoadState('networkidle')",
    "await page.route('**/api/*', answer)",
  ]) {
    expect(found(line), line).toHaveLength(1);
  }
  for (const line of ['test.setTimeout(60_000)', 'await page.route(/\\.wasm/, hold)', 'page.routeWebSocket(/sdkgw/, end)']) expect(found(line), line).toEqual([]);
});
