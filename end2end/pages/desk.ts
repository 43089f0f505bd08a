import { expect, type Locator, type Page } from '@playwright/test';
import { CallPage } from './call';

export type Section = 'waiting' | 'with-a-provider' | 'getting-ready' | 'expected';

/// `/clinic`: who waits, and who is expected.
export class QueuePage {
  /// How many wait, in words.
  readonly status: Locator;

  constructor(readonly page: Page) {
    this.status = page.getByRole('main').getByRole('status').first();
  }

  async interactive(): Promise<void> {
    await expect(this.page.getByRole('main'), 'hydrated').toHaveAttribute('data-hydrated', /.*/);
  }

  row(section: Section, patient: string): Locator {
    return this.page.locator(`[data-section="${section}"]`).getByRole('listitem').filter({ hasText: patient });
  }

  /// Everybody of a section, in this order.
  async expectOrder(section: Section, patients: string[]): Promise<void> {
    await expect(this.page.locator(`[data-section="${section}"]`).getByRole('heading', { level: 3 })).toHaveText(patients);
  }

  /// From a visit's page, back to here.
  async open(): Promise<void> {
    await this.page.getByRole('link', { name: 'Waiting room', exact: true }).click();
    await this.page.waitForURL('**/clinic');
    await this.interactive();
  }

  /// Lets a patient in, after the look at who it is: the visit's page comes.
  async admit(patient: string): Promise<void> {
    const row = this.row('waiting', patient);
    await row.getByRole('button', { name: 'Admit' }).click();
    await row.getByRole('button', { name: 'Admit now' }).click();
    await this.page.waitForURL('**/clinic/visits/*');
  }
}

/// `/clinic/visits/{id}`: one visit, as its provider has it.
export class CarePage extends CallPage {
  readonly note: Locator;
  readonly status: Locator;
  private readonly main: Locator;

  constructor(page: Page) {
    super(page);
    this.main = page.getByRole('main');
    this.note = page.getByLabel('Private note');
    this.status = this.main.getByRole('status').first();
  }

  async interactive(): Promise<void> {
    await expect(this.main, 'hydrated').toHaveAttribute('data-hydrated', /.*/);
  }

  async expectStage(stage: string): Promise<void> {
    await expect(this.main).toHaveAttribute('data-stage', stage);
  }

  /// Lets the patient in, after the look at who it is.
  async admit(): Promise<void> {
    await this.press('Admit');
    await this.page.getByRole('group', { name: 'Is this the right patient?' }).getByRole('button', { name: 'Admit now' }).click();
  }

  async press(deed: 'Admit' | 'Step out' | 'Come back' | 'Send back to waiting' | 'Take over'): Promise<void> {
    await this.page.getByRole('group', { name: 'This visit' }).getByRole('button', { name: deed, exact: true }).click();
  }

  async handOver(colleague: string): Promise<void> {
    await this.page.getByLabel('Hand to a colleague').selectOption(colleague);
    await this.page.getByRole('button', { name: 'Hand over' }).click();
    await expect(this.page.getByRole('button', { name: 'Hand over' })).toBeHidden();
  }

  async write(note: string): Promise<void> {
    await this.note.fill(note);
    await expect(this.page.locator('#note-state')).toContainText('Saved');
  }

  async end(): Promise<void> {
    await this.page.getByRole('button', { name: 'End visit' }).click();
    await this.page.getByRole('button', { name: 'End it: seen' }).click();
    await this.expectStage('over');
  }
}
