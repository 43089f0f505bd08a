import { expect, test } from '../../fixtures';
import { meet, waitingRoomSightings } from '../../fixtures/journeys';

test('while one of two provider tabs is open the patient does not wait; when the last closes she does', async ({ patient, provider }) => {
  test.setTimeout(90_000);
  await meet(patient, provider);
  const other = await provider.anotherTab();
  await other.open();
  await other.joinRoom();
  await expect(patient.remote('Provider')).toHaveCount(2);

  const sightings = await waitingRoomSightings(patient, async () => {
    await provider.page.close();
    await expect(patient.remote('Provider')).toHaveCount(1);
    await patient.expectSees('Provider', provider.colour);
  });
  expect(sightings).toBe(0);

  await other.page.close();
  await patient.expectWaiting();
});
