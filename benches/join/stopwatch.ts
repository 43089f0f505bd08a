import { expect, type Page } from '../../end2end/fixtures';

interface Stopped {
  pressed?: number;
  firstFrame?: number;
}

/// Notes when Join Room was pressed, and when the first frame of the first remote picture was presented. Both sides on
/// the machine's one clock, so that the press on one side can be compared with the frame on the other.
export async function wind(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const stopped: Stopped = {};
    Object.defineProperty(window, '__stopwatch', { value: stopped });
    addEventListener('click', (event) => {
      const target = event.target instanceof Element ? event.target.closest('button') : null;
      if (target?.textContent?.includes('Join Room')) stopped.pressed = Date.now();
    }, { capture: true });
    let found = false;
    new MutationObserver(() => {
      const video = document.querySelector<HTMLVideoElement>('article video');
      if (!video || found) return;
      found = true;
      video.requestVideoFrameCallback(() => (stopped.firstFrame = Date.now()));
    }).observe(document, { childList: true, subtree: true });
  });
}

export async function pressedAt(page: Page): Promise<number> {
  return read(page, 'pressed');
}

export async function firstFrameAt(page: Page): Promise<number> {
  return read(page, 'firstFrame');
}

async function read(page: Page, what: keyof Stopped): Promise<number> {
  const look = () => page.evaluate((name) => (window as unknown as { __stopwatch: Stopped }).__stopwatch[name] ?? 0, what);
  await expect.poll(look, { message: what, intervals: [100] }).toBeGreaterThan(0);
  return look();
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
