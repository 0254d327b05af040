import { defineConfig, devices } from '@playwright/test';

const chromium = {
  ...devices['Desktop Chrome'],
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};

// Every test runs hydrated; those that need no script run again without it and on a narrow screen.
export default defineConfig({
  testDir: './tests',
  outputDir: '../target/end2end',
  fullyParallel: true,
  workers: 2,
  forbidOnly: !!process.env.CI,
  retries: 0,
  // Long enough for a machine that has other work too: what comes is not waited for any longer than it takes.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['./failures_reporter.ts']],
  // Requests of a page under a service worker pass by routes now and then; who tests the worker allows it.
  // A trace keeps every byte that a page loads, which takes longer than the page: `--trace=retain-on-failure` asks for it.
  use: { serviceWorkers: 'block', trace: 'off', locale: 'en-GB', timezoneId: 'Europe/Warsaw' },
  projects: [
    { name: 'hydrated', use: chromium },
    { name: 'no-js', use: { ...chromium, javaScriptEnabled: false }, testIgnore: '**/*.hydrated.spec.ts' },
    {
      name: 'mobile',
      use: { ...chromium, viewport: { width: 360, height: 740 }, hasTouch: true },
      testMatch: ['**/pages.spec.ts', '**/sign_up.spec.ts'],
    },
    ...(process.env.SCREENSHOTS ? [{ name: 'screenshots', use: chromium, testMatch: '**/screenshots.ts' }] : []),
  ],
});
