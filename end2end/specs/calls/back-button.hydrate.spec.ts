import { expect, test } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';
import type { Participant } from '../../fixtures/participant';

// Playwright turns the back-forward cache off; browsers have it on.
const likeBrowsers = { withoutFlags: ['--disable-back-forward-cache'] };

/// Returns whether the page was kept as it was, scripts and all.
async function elsewhereAndBack({ page }: Participant, origin: string): Promise<boolean> {
  await page.evaluate(() => Object.assign(window, { __kept: true }));
  await page.evaluate((address) => void (location.href = address), `${origin}/`);
  await page.waitForURL(`${origin}/`);
  await page.goBack({ waitUntil: 'commit' }); // a kept page does not load again
  return page.evaluate(() => '__kept' in window);
}

test('who goes elsewhere in a call has left it; back again, the camera is off, nobody is there, and joining works', async ({
  arrive,
  provider,
  server,
}) => {
  const patient = await arrive('patient', likeBrowsers);
  await meet(patient, provider);
  const kept = elsewhereAndBack(patient, server.origin);
  await provider.expectAlone();
  expect(await kept, 'a page that was in a call is not kept').toBe(false);

  await patient.interactive();
  await patient.expectNoCamera(); // a new page, and it has not asked
  await patient.expectAlone();
  await expect(patient.leave).toBeHidden();
  await patient.joinRoom();
  await expectConversation(patient, provider);
  await expect(provider.remote('Patient')).toHaveCount(1);
});

test('a page that comes out of the back-forward cache still joins', async ({ arrive, provider, server }) => {
  const patient = await arrive('patient', likeBrowsers);
  await provider.open();
  await provider.joinRoom();
  await patient.open();
  expect(await elsewhereAndBack(patient, server.origin), 'kept').toBe(true);
  await patient.joinRoom();
  await expectConversation(patient, provider);
});
