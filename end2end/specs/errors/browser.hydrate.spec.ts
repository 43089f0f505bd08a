import { expect, test } from '../../fixtures';

test('a browser without video calls is told so, before anybody is asked for a camera', async ({ patient }) => {
  await patient.context.addInitScript(() => {
    if (!localStorage.getItem('calls')) delete (window as Partial<typeof window>).RTCPeerConnection;
  });
  await patient.open();
  await patient.join.click();
  const alert = await patient.expectFailure('unsupported');
  await expect(alert).toContainText('Open this page in Chrome, Firefox, Edge or Safari');
  await patient.expectUsableAgain({ camera: 'never on' });

  // As after allowing calls in the browser's settings.
  await patient.page.evaluate(() => localStorage.setItem('calls', 'allowed'));
  await patient.open();
  await patient.joinAgain();
  await patient.expectWaiting();
});
