import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures';

const specs = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.spec.ts') && !name.startsWith('house-rules'))
  .map((name) => ({ name, text: readFileSync(join(__dirname, name), 'utf8') }));

const forbidden = {
  'a sleep': /waitForTimeout|(?<!test\.)setTimeout\(|timers\/promises/,
  'a test left out': /\.(skip|only|fixme)\b/,
  'a second try': /retries/,
  // `runPreflight` sends insights to Twilio whatever the engine is: only that may be answered in Twilio's place.
  'a mocked server': /\.route\(|routeWebSocket(?!\(\/sdkgw\/)|routeFromHAR/,
};

test('no spec sleeps, skips, tries twice or mocks the server', () => {
  expect(specs.length).toBeGreaterThan(20);
  for (const [what, pattern] of Object.entries(forbidden)) {
    expect(specs.filter(({ text }) => pattern.test(text)).map(({ name }) => name), what).toEqual([]);
  }
});
