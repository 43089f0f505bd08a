import { expect, type Locator, type Page } from '@playwright/test';
import type { Hooked } from '../fixtures/hooks';
import { expectAudible, expectMoving } from '../fixtures/media-probe';
import type { Colour } from '../media/palette';

export type Who = 'Patient' | 'Provider' | 'Guest';

/// What every page with a call in it has: one's own camera, and the others' pictures and sound.
export class CallPage {
  readonly ownPicture: Locator;

  constructor(readonly page: Page) {
    this.ownPicture = page.getByLabel('Your picture');
  }

  remote(who: Who): Locator {
    return this.page.getByRole('article', { name: who });
  }

  async expectSees(who: Who, colour: Colour): Promise<void> {
    await expectMoving(this.remote(who).locator('video'), colour);
  }

  async expectHears(who: Who, colour: Colour): Promise<void> {
    await expectAudible(this.remote(who).locator('audio'), colour);
  }

  /// Nobody but oneself.
  async expectAlone(): Promise<void> {
    await expect(this.page.getByRole('article')).toHaveCount(0);
  }

  /// Invariant 5: every track that the page ever got from a camera or microphone has ended, and nothing shows one. There was one:
  /// a page that has asked for it may get it late. For those who get none there is `expectNoCamera`.
  async expectCameraOff(): Promise<void> {
    await expect.poll(async () => [...new Set(await this.trackStates())], { message: 'every track has ended' }).toEqual(['ended']);
    await expect(this.ownPicture).toHaveCount(0);
  }

  /// The page has never got a track: it has not asked, was refused, or is a new one, as at the end of a visit. What another page of this
  /// tab had ended with it.
  async expectNoCamera(): Promise<void> {
    expect(await this.trackStates()).toEqual([]);
    await expect(this.ownPicture).toHaveCount(0);
  }

  async expectCameraOn(): Promise<void> {
    await expect(this.ownPicture).toBeVisible();
    await expect.poll(() => this.trackStates()).toContain('live');
  }

  private trackStates(): Promise<MediaStreamTrackState[]> {
    return this.page.evaluate(() => (window as unknown as { __owl: Hooked }).__owl.tracks.map((track) => track.readyState));
  }

  /// The kinds of the tracks that go out by peer connections, data aside.
  sends(): Promise<string[]> {
    return this.page.evaluate(() =>
      (window as unknown as { __owl: Hooked }).__owl.connections
        .filter((peer) => peer.connectionState !== 'closed')
        .flatMap((peer) => peer.getSenders())
        .flatMap((sender) => sender.track?.kind ?? []),
    );
  }

  /// The states of the peer connections that are not closed.
  connectionStates(): Promise<string[]> {
    return this.page.evaluate(() =>
      (window as unknown as { __owl: Hooked }).__owl.connections.map((peer) => peer.connectionState).filter((state) => state !== 'closed'),
    );
  }

  /// Lets the page's own clock go on. Only for what must not happen within a time: there is no state to wait for.
  async waitForClock(milliseconds: number): Promise<void> {
    const until = (await this.page.evaluate(() => Date.now())) + milliseconds;
    const clock = { intervals: [250], timeout: milliseconds + 10_000 };
    await expect.poll(() => this.page.evaluate(() => Date.now()), clock).toBeGreaterThanOrEqual(until);
  }
}
