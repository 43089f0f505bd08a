import { expect, test } from '../../fixtures';
import { meet } from '../../fixtures/journeys';

test.beforeEach(async ({ patient, provider }) => meet(patient, provider));

test('bug 14: who leaves has the camera off, nobody on the page and can join again', async ({ patient, provider }) => {
  await provider.leaveRoom();
  await provider.expectCameraOff();
  await provider.expectAlone();
  await expect(provider.leave, 'never both buttons').toBeHidden();
  await expect(provider.page.locator('video, audio'), 'every element is gone').toHaveCount(0);

  await patient.expectAlone();
  await patient.leaveRoom();
  await patient.expectCameraOff();
  await patient.expectNotWaiting();
});

test('a page that is left for another says goodbye at once, before any time-out', async ({ patient, provider }) => {
  const left = Date.now();
  await provider.page.goto('about:blank');
  await patient.expectAlone();
  await patient.expectWaiting();
  expect(Date.now() - left, 'milliseconds; a lost socket would take 4 s').toBeLessThan(2_500);
});
