import { expect, test } from '../../fixtures';

test('a double click on Join joins, and one on Leave leaves', async ({ patient }) => {
  await patient.open();
  await patient.join.dblclick();
  await patient.expectInRoom();
  await patient.leave.dblclick();
  await patient.expectPhase('left');
  await expect(patient.join).toBeVisible();
  await patient.expectCameraOff();
});
