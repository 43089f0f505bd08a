import { expect, test } from '../../fixtures';
import type { Participant } from '../../fixtures/participant';

/// Joins to watch and listen, by the page's own buttons but without a person's gesture: a browser that gives its camera, or
/// that was clicked (every look by the test counts as one), plays sound without asking.
async function joinUntouched(patient: Participant): Promise<void> {
  const refused = new Promise<void>((tell) => patient.context.exposeBinding('__soundRefused', () => tell()));
  await patient.context.addInitScript(() => {
    const pressed = new Set<string>();
    const press = (): void => {
      for (const button of document.querySelectorAll('button')) {
        const name = button.textContent?.trim() ?? '';
        if (pressed.has(name) || button.disabled) continue;
        pressed.add(name);
        if (name === 'Join Room' || name === 'Join without camera or microphone') button.click();
        if (name === 'Turn on sound') (window as unknown as { __soundRefused(): void }).__soundRefused();
      }
    };
    new MutationObserver(press).observe(document, { subtree: true, childList: true, attributes: true });
  });
  await patient.page.goto(patient.address);
  await refused;
}

test('when the browser refuses to play sound there is one big button, and after it the provider is heard', async ({ arrive, provider }) => {
  const patient = await arrive('patient', { autoplay: 'after-gesture', devices: 'deny' });
  await provider.open();
  await provider.joinRoom();
  await joinUntouched(patient);
  await patient.expectInRoom();
  await patient.expectSees('Provider', provider.colour);
  const audio = patient.remote('Provider').locator('audio');
  expect(await audio.evaluate((element: HTMLAudioElement) => element.paused)).toBe(true);
  const box = await patient.turnOnSound.boundingBox();
  expect(Math.min(box!.height, box!.width), 'big').toBeGreaterThanOrEqual(44);

  await patient.turnOnSound.click();
  await expect(patient.turnOnSound).toBeHidden();
  await patient.expectHears('Provider', provider.colour);
});

test('when the browser plays sound there is no such button', async ({ arrive, provider }) => {
  const patient = await arrive('patient', { autoplay: 'after-gesture' });
  await provider.open();
  await provider.joinRoom();
  await patient.open();
  await patient.joinRoom();
  await patient.expectHears('Provider', provider.colour);
  await expect(patient.turnOnSound).toHaveCount(0);
});
