import { expect, test } from '../../fixtures';
import { expectAudible, expectMoving } from '../../fixtures/media-probe';

// Two of the four send sound only: twelve pictures at once are more than a small machine can encode and decode.
test('four people in one room: each hears the three others and sees those with a camera', async ({ arrive, patient, provider }) => {
  test.setTimeout(180_000);
  const relative = await arrive('patient', { colour: 'green', devices: 'no-camera' });
  const colleague = await arrive('provider', { colour: 'yellow', devices: 'no-camera' });
  const everybody = [patient, provider, relative, colleague];
  for (const one of [patient, provider]) {
    await one.open();
    await one.joinRoom();
  }
  for (const one of [relative, colleague]) {
    await one.open();
    await one.join.click();
    await one.expectFailure('no-device');
    await one.page.getByRole('button', { name: 'Join with sound only' }).click();
    await one.expectInRoom();
  }
  for (const one of everybody) {
    await expect(one.page.getByRole('article')).toHaveCount(3);
    for (const other of everybody.filter((other) => other !== one)) {
      const shown = one.page.locator(`article[data-identity="${await other.identity()}"]`);
      await expectAudible(shown.locator('audio'), other.colour);
      if (other === patient || other === provider) await expectMoving(shown.locator('video'), other.colour);
    }
    await one.expectNotWaiting();
  }

  await provider.leaveRoom();
  for (const one of [patient, relative, colleague]) await expect(one.page.getByRole('article')).toHaveCount(2);
  await patient.expectNotWaiting();
  await colleague.leaveRoom();
  await patient.expectWaiting();
  await relative.expectWaiting();
});
