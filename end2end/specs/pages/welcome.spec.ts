import { expect, test } from '../../fixtures';

// With and without JavaScript, on a desk and in the hand: where am I, what happens next, whom do I turn to.

test('the welcome page leads to both sides and says which video engine is in use @phone', async ({ arrive, server }) => {
  const { page } = await arrive('patient');
  await page.goto(server.origin);
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome to Owl Hospital Telemedicine' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Video engine: embedded' })).toBeVisible();
  await expect(page.getByText('Calls beyond it need a TURN server')).toBeVisible();
  for (const [name, path] of [['I am a patient', '/patient'], ['I am a provider', '/provider']] as const) {
    await page.goto(server.origin);
    await page.getByRole('link', { name }).click();
    await expect(page).toHaveURL(`${server.origin}${path}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Welcome to Owl Hospital Telemedicine' })).toBeVisible();
  }
});

test('with a TURN server configured the welcome page no longer warns of calls beyond the local network', async ({ arrive, startServer }) => {
  const env = { TURN_URLS: 'turn:127.0.0.1:3478', TURN_USERNAME: 'owl', TURN_CREDENTIAL: 'not-a-secret' };
  const { origin } = await startServer({ env });
  const { page } = await arrive('patient', { origin });
  await page.goto(origin);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText('A TURN server is set up')).toBeVisible();
  await expect(page.getByText('need a TURN server')).toHaveCount(0);
});

test('with Twilio credentials the welcome page names Twilio', async ({ arrive, startServer }) => {
  const env = { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_API_KEY: `SK${'2'.repeat(32)}`, TWILIO_API_SECRET: '3'.repeat(32) };
  const { origin } = await startServer({ env });
  const { page } = await arrive('patient', { origin });
  await page.goto(origin);
  await expect(page.getByRole('heading', { name: 'Video engine: Twilio' })).toBeVisible();
  await expect(page.getByText(/embedded/i)).toHaveCount(0);
});

test('an address that is not there says so and leads back @phone', async ({ arrive, server }) => {
  const visitor = await arrive('patient');
  visitor.watch.provokes(/404/);
  const answer = await visitor.page.goto(`${server.origin}/nowhere`);
  expect(answer?.status()).toBe(404);
  await expect(visitor.page.getByRole('heading', { level: 1 })).toBeVisible();
  await visitor.page.getByRole('main').getByRole('link').click();
  await expect(visitor.page).toHaveURL(`${server.origin}/`);
});

for (const seat of ['patient', 'provider'] as const) {
  test(`the ${seat}'s page has its name, one main region, a language and a title @phone`, async ({ arrive }) => {
    const side = await arrive(seat);
    await side.page.goto(side.address);
    await expect(side.heading).toBeVisible();
    await expect(side.page.getByRole('main')).toHaveCount(1);
    await expect(side.page.locator('html')).toHaveAttribute('lang', /^en/);
    await expect(side.page).toHaveTitle(/Owl Hospital/);
  });
}
