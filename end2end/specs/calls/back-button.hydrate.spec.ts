import { expect, test } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';
import type { Participant } from '../../fixtures/participant';

async function elsewhereAndBack(patient: Participant, provider: Participant, origin: string): Promise<void> {
  await meet(patient, provider);
  await patient.page.evaluate((address) => void (location.href = address), `${origin}/`);
  await patient.page.waitForURL(`${origin}/`);
  await provider.expectAlone();
  await patient.page.goBack();
  await patient.interactive();
  await patient.expectCameraOff();
  await patient.expectAlone();
  await expect(patient.leave).toBeHidden();
  await patient.joinRoom();
  await expectConversation(patient, provider);
  await expect(provider.remote('Patient')).toHaveCount(1);
}

// Playwright turns the back-forward cache off; browsers have it on.
test('who comes back by the back button, out of the cache, finds the camera off and can join again', async ({ arrive, provider, server }) => {
  const patient = await arrive('patient', { withoutFlags: ['--disable-back-forward-cache'] });
  await elsewhereAndBack(patient, provider, server.origin);
});

test('who comes back by the back button to a page made anew finds the same', async ({ patient, provider, server }) => {
  await elsewhereAndBack(patient, provider, server.origin);
});
