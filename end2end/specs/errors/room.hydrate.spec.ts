import { expect, test } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';

test('invariant 3: a duplicated tab puts the first one out, which is told, and does not fight back', async ({ patient, provider }) => {
  await meet(patient, provider);
  const copy = await patient.duplicate();
  expect(await copy.identity()).toBe(await patient.identity());
  await copy.joinRoom();

  await patient.expectFailure('put-out');
  await patient.expectUsableAgain();
  await patient.expectNotWaiting();
  await copy.expectInRoom();
  await copy.expectSees('Provider', provider.colour);
  await expect(provider.remote('Patient'), 'listed once').toHaveCount(1);

  await patient.joinAgain();
  await expectConversation(patient, provider);
  await copy.expectFailure('put-out');
  await expect(provider.remote('Patient'), 'still once').toHaveCount(1);
});

test.describe('with room for two', () => {
  test.use({ serverOptions: { env: { MAX_PARTICIPANTS: '2' } } });

  test('a third person is told that the room is full, and gets in when a seat is free', async ({ arrive, patient, provider }) => {
    test.setTimeout(90_000);
    await meet(patient, provider);
    const third = await arrive('patient', { colour: 'green' });
    await third.open();
    await third.join.click();
    await third.expectFailure('full');
    await third.expectUsableAgain();

    await patient.leaveRoom();
    await third.joinAgain();
    await third.expectSees('Provider', provider.colour);
  });
});
