import { expect, test } from '../../fixtures';
import { meet } from '../../fixtures/journeys';

test('a second patient waits for nobody: all three see and hear each other', async ({ arrive, patient, provider }) => {
  test.setTimeout(120_000);
  await meet(patient, provider);
  const second = await arrive('patient', { colour: 'green' });
  await second.open();
  await second.joinRoom();
  await second.expectNotWaiting();

  await second.expectSees('Provider', 'red');
  await second.expectSees('Patient', 'blue');
  await patient.expectSees('Patient', 'green');
  await patient.expectSees('Provider', 'red');
  const patients = provider.remote('Patient');
  await expect(patients).toHaveCount(2);
  await second.expectHears('Provider', 'red');
  await patient.expectHears('Patient', 'green');

  await patient.leaveRoom();
  await expect(patients).toHaveCount(1);
  await provider.expectSees('Patient', 'green');
  await provider.expectHears('Patient', 'green');
  await second.expectNotWaiting();
});

test('two patients without a provider both go on waiting', async ({ arrive, patient }) => {
  const second = await arrive('patient', { colour: 'green' });
  for (const one of [patient, second]) {
    await one.open();
    await one.joinRoom();
  }
  await patient.expectSees('Patient', 'green');
  await patient.expectWaiting();
  await second.expectWaiting();
});
