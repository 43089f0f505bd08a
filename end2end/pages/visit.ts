import { expect, type Locator, type Page } from '@playwright/test';
import { CallPage } from './call';

export type Phase = 'ready' | 'asking' | 'connecting' | 'in-room' | 'reconnecting' | 'rejoining' | 'left' | 'failed';
export type Failure = 'denied' | 'no-device' | 'in-use' | 'insecure' | 'token' | 'unreachable' | 'put-out' | 'full' | 'completed' | 'no-room' | 'time-is-up' | 'unsupported' | 'media' | 'device';

/// The page of the demo visit, by what a person can see, hear and press.
export class VisitPage extends CallPage {
  readonly heading: Locator;
  readonly join: Locator;
  readonly leave: Locator;
  readonly status: Locator;
  readonly waitingRoom: Locator;
  readonly campfire: Locator;
  readonly turnOnSound: Locator;
  private readonly main: Locator;

  constructor(
    page: Page,
    readonly address: string,
  ) {
    super(page);
    this.heading = page.getByRole('heading', { level: 1, name: 'Welcome to Owl Hospital Telemedicine' });
    this.join = page.getByRole('button', { name: 'Join Room', exact: true });
    this.leave = page.getByRole('button', { name: 'Leave Room', exact: true });
    this.status = page.getByRole('status');
    this.waitingRoom = page.getByRole('region', { name: 'Waiting room' });
    this.campfire = this.waitingRoom.locator('canvas');
    this.turnOnSound = page.getByRole('button', { name: 'Turn on sound' });
    this.main = page.getByRole('main');
  }

  async open(): Promise<void> {
    await this.page.goto(this.address);
    await this.interactive();
  }

  async interactive(): Promise<void> {
    await expect(this.main, 'hydrated').toHaveAttribute('data-hydrated', /.*/);
  }

  /// What a call needs has come: the SDK and our engine. A page that is to be pressed at once need not wait for it.
  async prepared(): Promise<void> {
    await this.page.waitForFunction(() => {
      const engine = performance.getEntriesByType('resource').some(({ name }) => /call_engine.*\.wasm/.test(name));
      return engine && (window as { Twilio?: { Video?: unknown } }).Twilio?.Video;
    });
  }

  async joinRoom(): Promise<void> {
    await this.join.click();
    await this.expectInRoom();
  }

  async leaveRoom(): Promise<void> {
    await this.leave.click();
    await this.expectPhase('left');
    await expect(this.join).toBeVisible();
  }

  async expectInRoom(): Promise<void> {
    await this.expectPhase('in-room');
    await expect(this.leave).toBeVisible();
    await expect(this.join, 'never both buttons').toBeHidden();
  }

  async expectPhase(phase: Phase): Promise<void> {
    await expect(this.main).toHaveAttribute('data-phase', phase);
  }

  async expectWaiting(): Promise<void> {
    await expect(this.waitingRoom).toBeVisible();
    await expect(this.waitingRoom).toContainText('Thanks! Your provider will be with you shortly.');
  }

  async expectNotWaiting(): Promise<void> {
    await expect(this.waitingRoom).toBeHidden();
  }

  /// The failure is told in plain words with what to do, and the page is usable again.
  async expectFailure(kind: Failure): Promise<Locator> {
    const alert = this.page.locator(`[role=alert][data-failure="${kind}"]`);
    await expect(alert).toBeVisible();
    await expect(alert.getByRole('heading', { level: 2 })).not.toBeEmpty();
    return alert;
  }

  /// After a failure Join is back, and nothing is left of the call. `camera`: whether one was got before.
  async expectUsableAgain({ camera }: { camera: 'off' | 'never on' } = { camera: 'off' }): Promise<void> {
    await this.expectPhase('failed');
    await expect(this.join).toBeEnabled();
    await expect(this.leave).toBeHidden();
    await (camera === 'off' ? this.expectCameraOff() : this.expectNoCamera());
    await this.expectAlone();
    await expect(this.page.locator('video, audio'), 'nothing shows or plays').toHaveCount(0);
  }

  /// Join works, and the failure is no longer told.
  async joinAgain(): Promise<void> {
    await this.joinRoom();
    await expect(this.page.getByRole('alert')).toHaveCount(0);
    await this.expectCameraOn();
  }

  /// The phases that the page went through while `what` ran, the one at its beginning first.
  async phasesSeen(what: () => Promise<void>): Promise<string[]> {
    await this.main.evaluate((main) => {
      const phases = [main.getAttribute('data-phase')];
      new MutationObserver(() => {
        const phase = main.getAttribute('data-phase');
        if (phase !== phases.at(-1)) phases.push(phase);
      }).observe(main, { attributeFilter: ['data-phase'] });
      Object.assign(window, { __phases: phases });
    });
    await what();
    return this.page.evaluate(() => (window as unknown as { __phases: string[] }).__phases);
  }

  async identity(): Promise<string> {
    return (await this.page.evaluate(() => sessionStorage.getItem('owl.identity'))) ?? '';
  }
}
