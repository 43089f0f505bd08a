import { defineConfig } from '@playwright/test';

// `make bench`: the same fixtures, one measurement, nothing beside it.
export default defineConfig({
  testDir: '../benches/join',
  testMatch: '*.bench.ts',
  globalSetup: './global-setup.ts',
  workers: 1,
  reporter: 'list',
  use: { viewport: { width: 1280, height: 800 } },
});
