import { expect, type Locator, type Page } from '@playwright/test';

export type Device = 'camera' | 'microphone';
export type Trial = 'not-tried' | 'asking' | 'works' | 'worked' | 'failed' | 'without';

/// Trying camera and microphone out, wherever a page offers it.
export class DeviceCheck {
  readonly begin: Locator;
  readonly finish: Locator;
  readonly section: Locator;
  readonly picture: Locator;

  constructor(readonly page: Page) {
    this.section = page.getByRole('region', { name: 'Try your camera and microphone' });
    this.begin = this.section.getByRole('button', { name: /^(Check camera and microphone|Check again)$/ });
    this.finish = this.section.getByRole('button', { name: 'Finish the check' });
    this.picture = this.section.getByLabel('Your picture');
  }

  async expectTrial(device: Device, trial: Trial): Promise<void> {
    await expect(this.section.locator(`[data-device="${device}"]`)).toHaveAttribute('data-trial', trial);
  }

  fault(device: Device): Locator {
    return this.section.locator(`[role=alert][data-failure="${device}"]`);
  }

  async goWithout(device: Device): Promise<void> {
    await this.fault(device).getByRole('button', { name: `Continue without ${device}` }).click();
    await this.expectTrial(device, 'without');
  }
}

/// Counts what the page asks the browser for, from before its first script on, and over reloads.
export async function countQuestions(page: Page): Promise<() => Promise<string[]>> {
  const asked: string[] = [];
  await page.exposeFunction('__asks', (what: string) => void asked.push(what));
  await page.addInitScript(() => {
    if (!navigator.mediaDevices) return;
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (wanted) => {
      const what = [wanted?.video && 'camera', wanted?.audio && 'microphone'].filter(Boolean).join('+');
      void (window as unknown as { __asks: (what: string) => void }).__asks(what);
      return ask(wanted);
    };
  });
  return async () => asked;
}
