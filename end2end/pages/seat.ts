import { expect, type Locator, type Page } from '@playwright/test';
import { CallPage } from './call';

export type SeatStage = 'scheduled' | 'checked-in' | 'waiting' | 'admitted' | 'stepped-out' | 'over';

/// The pages of who came by a link: check-in, the wait, the notice, the call, the goodbye.
export class SeatPage extends CallPage {
  readonly heading: Locator;
  readonly campfire: Locator;
  readonly startNow: Locator;
  readonly notYet: Locator;
  readonly leave: Locator;
  /// How things stand, in words.
  readonly status: Locator;
  private readonly live: Locator;

  constructor(page: Page) {
    super(page);
    this.heading = page.getByRole('heading', { level: 1 });
    this.campfire = page.locator('.waiting-room');
    this.startNow = page.getByRole('button', { name: 'Start now' });
    this.notYet = page.getByRole('button', { name: 'Not yet' });
    this.leave = page.getByRole('button', { name: 'Leave the waiting room' });
    this.status = page.getByRole('status').first();
    this.live = page.locator('[data-stage]');
  }

  /// Says where they are, gives a number, agrees.
  async checkIn(): Promise<void> {
    await expect(this.heading).toHaveText('Check in');
    await this.page.getByLabel('Where are you now?').fill('12 Oak Street, Springfield');
    await this.page.getByLabel('Your phone number').fill('+1 555 0100');
    await this.page.getByRole('checkbox').check();
    await this.page.getByRole('button', { name: 'Check in' }).click();
    await expect(this.heading).toHaveText('Get ready');
  }

  async saysReady(): Promise<void> {
    await this.page.getByRole('button', { name: 'I am ready' }).click();
    await this.expectStage('waiting');
  }

  async interactive(): Promise<void> {
    await expect(this.live, 'hydrated').toHaveAttribute('data-hydrated', /.*/);
  }

  async expectStage(stage: SeatStage): Promise<void> {
    await expect(this.live).toHaveAttribute('data-stage', stage);
  }

  async expectWaiting(): Promise<void> {
    await this.expectStage('waiting');
    await expect(this.heading).toHaveText('Thanks! Your provider will be with you shortly.');
    await expect(this.campfire).toBeVisible();
  }
}
