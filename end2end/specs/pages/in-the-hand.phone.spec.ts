import { expect, test } from '../../fixtures';
import type { VisitPage } from '../../pages/visit';

/// Nothing lies beyond the right edge, and whatever is pressed is big enough for a thumb (44 px, WCAG 2.5.5).
async function expectHandy(visit: VisitPage): Promise<void> {
  const sizes = await visit.page.evaluate(() => ({ content: document.documentElement.scrollWidth, window: innerWidth }));
  expect(sizes.content, 'no sideways scrolling').toBeLessThanOrEqual(sizes.window);
  const targets = visit.page.locator('button:visible, main a:visible');
  expect(await targets.count()).toBeGreaterThan(0);
  for (const target of await targets.all()) {
    const box = await target.boundingBox();
    const name = await target.innerText();
    expect(box!.height, `height of “${name}”`).toBeGreaterThanOrEqual(44);
    expect(box!.width, `width of “${name}”`).toBeGreaterThanOrEqual(44);
  }
}

test('on a phone a whole visit fits the width and is pressed with a thumb @phone', async ({ arrive, patient, provider }) => {
  await patient.open();
  await expectHandy(patient);
  await patient.join.tap();
  await patient.expectInRoom();
  await patient.expectWaiting();
  await expectHandy(patient);
  await provider.open();
  await provider.joinRoom();
  await patient.expectSees('Provider', provider.colour);
  await expectHandy(patient);
  await expectHandy(provider);
  await expect(patient.leave, 'reached without scrolling').toBeInViewport();
  await patient.leave.tap();
  await expect(patient.join).toBeVisible();
  await expectHandy(patient);

  const refused = await arrive('patient', { devices: 'deny' });
  await refused.open();
  await refused.join.tap();
  await refused.expectFailure('denied');
  await expectHandy(refused);
});

test('videos play in their place on a phone @phone', async ({ patient, provider }) => {
  await patient.open();
  await patient.joinRoom();
  await provider.open();
  await provider.joinRoom();
  await expect(patient.remote('Provider').locator('video')).toHaveAttribute('playsinline');
  await expect(patient.ownPicture).toHaveAttribute('playsinline');
  expect(await patient.ownPicture.evaluate((video: HTMLVideoElement) => video.muted), 'no echo of oneself').toBe(true);
});
