import { defineConfig, devices } from '@playwright/test';
import { hasPostgres } from './fixtures/postgres';

const onPostgres = '**/two-nodes.*';
const notHere = hasPostgres() ? [] : [onPostgres];
const crowded = '**/*.crowded.spec.ts';
const desk = { viewport: { width: 1280, height: 800 } };

// A project's browser is described here and started by the fixtures: each participant has a process of its own.
// What a spec's name ends in says where it runs: `.hydrate` with JavaScript only, `.phone` and `.no-js` there only, and
// without any of these both with and without JavaScript; `.crowded` with JavaScript and nothing beside it. Titles with @phone
// run on the phone too.
export default defineConfig({
  testDir: 'specs',
  globalSetup: './global-setup.ts',
  forbidOnly: true,
  retries: 0,
  workers: Number(process.env['WORKERS'] ?? 2),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }], ['./count.ts']],
  projects: [
    // Long or heavy, and by itself: `npm run test:long`. They measure time, so nothing may run beside them.
    { name: 'long', testMatch: '**/*.long.spec.ts' },
    // The room server alone, with a bare page of the SDK as its client.
    { name: 'rooms', testMatch: '**/rooms/*.spec.ts', testIgnore: '**/*.long.spec.ts' },
    { name: 'hydrated', use: desk, testIgnore: ['**/rooms/**', '**/*.long.spec.ts', '**/*.phone.spec.ts', '**/*.no-js.spec.ts', crowded, ...notHere] },
    // So many browsers at once that a small machine has no time for others: `--workers=1`.
    { name: 'crowded', use: desk, testMatch: crowded },
    { name: 'no-js', use: { ...desk, javaScriptEnabled: false }, testIgnore: ['**/rooms/**', '**/*.long.spec.ts', '**/*.phone.spec.ts', '**/*.hydrate.spec.ts', crowded] },
    { name: 'phone', use: devices['Pixel 7'], grep: /@phone/, testIgnore: ['**/rooms/**', '**/*.long.spec.ts', crowded] },
  ],
});
