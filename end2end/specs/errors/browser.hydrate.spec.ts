import { expect, test } from '../../fixtures';

test('a browser without video calls is told so, before anybody is asked for a camera', async ({ patient }) => {
  await patient.context.addInitScript(() => {
    delete (window as Partial<typeof window>).RTCPeerConnection;
  });
  await patient.open();
  await patient.join.click();
  const alert = await patient.expectFailure('unsupported');
  await expect(alert).toContainText('Open this page in Chrome, Firefox, Edge or Safari');
  await patient.expectUsableAgain();
  expect(await patient.page.evaluate(() => (window as unknown as { __owl: { tracks: unknown[] } }).__owl.tracks.length)).toBe(0);
});
