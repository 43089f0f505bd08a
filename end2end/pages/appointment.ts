import { expect, type Page } from '@playwright/test';

/// `/clinic/appointments`: what the front desk and providers write down.
export class AppointmentPage {
  constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {}

  /// Makes an appointment and tells its link. `minutesAhead`: from now, by the clinic's clock, which is UTC unless set.
  async makeSoon(name: string, birthDate: string, provider: string, minutesAhead = 5): Promise<string> {
    const at = new Date(Date.now() + minutesAhead * 60_000).toISOString();
    const { page } = this;
    await page.goto(`${this.origin}/clinic/appointments/new`);
    await page.getByLabel('Patient’s full name').fill(name);
    await page.getByLabel('Birth date').fill(birthDate);
    await page.getByLabel('Provider').selectOption(provider);
    await page.getByLabel('Day').fill(at.slice(0, 10));
    await page.getByLabel('Time').fill(at.slice(11, 16));
    await page.getByRole('button', { name: 'Make appointment' }).click();
    await expect(page.getByRole('heading', { name: 'The link for the patient' })).toBeVisible();
    return page.locator('.handed').first().innerText();
  }

  /// Makes a link for somebody who comes along with the patient of a visit, and tells it.
  async inviteGuest(visit: string): Promise<string> {
    const { page } = this;
    await page.goto(`${this.origin}/clinic/appointments/${visit}`);
    await page.getByRole('button', { name: 'Invite a guest' }).click();
    await expect(page.getByRole('heading', { name: 'The link for the guest' })).toBeVisible();
    return page.locator('.handed').first().innerText();
  }

  /// Takes every link of a visit's patient away.
  async takeLinksAway(visit: string): Promise<void> {
    const { page } = this;
    await page.goto(`${this.origin}/clinic/appointments/${visit}`);
    await page.getByRole('button', { name: 'Take all links away' }).click();
    await expect(page.getByRole('status')).toContainText('All links of the patient are taken away.');
  }

  /// Makes a new link for a visit's patient, and tells it.
  async makeLink(visit: string): Promise<string> {
    const { page } = this;
    await page.goto(`${this.origin}/clinic/appointments/${visit}`);
    await page.getByRole('button', { name: 'Make a new link' }).click();
    await expect(page.getByRole('heading', { name: 'The link for the patient' })).toBeVisible();
    return page.locator('.handed').first().innerText();
  }

  /// Takes the link of a visit's guest away. `place`: in the order of the invitations, from 1.
  async takeGuestAway(visit: string, place: number): Promise<void> {
    const { page } = this;
    await page.goto(`${this.origin}/clinic/appointments/${visit}`);
    await page.getByRole('button', { name: `Take the link of guest ${place} away` }).click();
    await expect(page.getByRole('button', { name: /^Take the link of guest/ })).toHaveCount(0);
  }
}
