import { expect, test } from '../../fixtures';
import type { Locator } from '../../fixtures';
import type { VisitPage } from '../../pages/visit';

async function tabTo({ page }: VisitPage, target: Locator): Promise<void> {
  for (let stop = 0; stop < 12; stop++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('Tab does not lead there');
}

test('a patient joins and leaves by keyboard alone, and is told what happens', async ({ patient, provider }) => {
  await patient.open();
  await tabTo(patient, patient.join);
  const outline = await patient.join.evaluate((button) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(button);
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  });
  expect(outline, 'focus can be seen').toBe(true);
  await patient.page.keyboard.press('Enter');
  await patient.expectInRoom();
  await expect(patient.status).toContainText(/provider|wait/i);
  await expect(patient.status, 'focus is not lost with the button that went').toBeFocused();
  const alone = await patient.status.textContent();

  await provider.open();
  await provider.joinRoom();
  await patient.expectSees('Provider', provider.colour);
  await expect(patient.status, 'the arrival is announced').not.toHaveText(alone ?? '');

  await tabTo(patient, patient.leave);
  await patient.page.keyboard.press('Space');
  await patient.expectPhase('left');
  await expect(patient.status).toBeFocused();
  await tabTo(patient, patient.join);
});

test('the crackle is switched by keyboard, and when the fire goes the focus does not', async ({ patient, provider }) => {
  await patient.open();
  await patient.joinRoom();
  await tabTo(patient, patient.page.getByRole('button', { name: 'Turn on the crackle' }));
  await patient.page.keyboard.press('Enter');
  const off = patient.page.getByRole('button', { name: 'Turn off the crackle' });
  await expect(off).toBeFocused();

  await provider.open();
  await provider.joinRoom();
  await patient.expectNotWaiting();
  await expect(patient.status).toBeFocused();
  await provider.leaveRoom();
  await expect(patient.status, 'who left is not said to come shortly only').toContainText('Your provider has left the room');
});
