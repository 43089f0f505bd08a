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
    return this.handed('patient');
  }

  /// Makes a link for somebody who comes along with the patient of a visit, and tells it.
  async inviteGuest(visit: string): Promise<string> {
    await this.press(visit, 'Invite a guest');
    return this.handed('guest');
  }

  /// Makes a new link for a visit's patient, and tells it.
  async makeLink(visit: string): Promise<string> {
    await this.press(visit, 'Make a new link');
    return this.handed('patient');
  }

  /// Takes every link of a visit's patient away.
  async takeLinksAway(visit: string): Promise<void> {
    await this.press(visit, 'Take all links away');
    await expect(this.page.getByRole('status')).toContainText('All links of the patient are taken away.');
  }

  /// Takes the link of a visit's guest away. `place`: in the order of the invitations, from 1.
  async takeGuestAway(visit: string, place: number): Promise<void> {
    await this.press(visit, `Take the link of guest ${place} away`);
    await expect(this.page.getByRole('button', { name: /^Take the link of guest/ })).toHaveCount(0);
  }

  /// Gives a visit to another provider.
  async giveTo(visit: string, provider: string): Promise<void> {
    const { page } = this;
    await page.goto(`${this.origin}/clinic/appointments/${visit}`);
    await page.getByLabel('Who sees the patient').selectOption(provider);
    await page.getByRole('button', { name: 'Give appointment' }).click();
    await expect(page.getByRole('status')).toContainText('The appointment is with somebody else now.');
  }

  private async press(visit: string, button: string): Promise<void> {
    await this.page.goto(`${this.origin}/clinic/appointments/${visit}`);
    await this.page.getByRole('button', { name: button }).click();
  }

  /// The link that is shown now, and never again.
  private async handed(whose: 'patient' | 'guest'): Promise<string> {
    await expect(this.page.getByRole('heading', { name: `The link for the ${whose}` })).toBeVisible();
    return this.page.locator('.handed').first().innerText();
  }
}
