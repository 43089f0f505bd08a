import { defineConfig, devices } from '@playwright/test';

// A project's browser is described here and started by the fixtures: each participant has a process of its own.
export default defineConfig({
  testDir: 'specs',
  globalSetup: './global-setup.ts',
  forbidOnly: true,
  retries: 0,
  workers: Number(process.env['WORKERS'] ?? 2),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }]],
  projects: [
    { name: 'hydrated', use: { viewport: { width: 1280, height: 800 } } },
    { name: 'no-js', use: { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false }, testIgnore: '**/*.hydrate.spec.ts' },
    { name: 'phone', use: { ...devices['Pixel 7'] }, grep: /@phone/ },
  ],
});
