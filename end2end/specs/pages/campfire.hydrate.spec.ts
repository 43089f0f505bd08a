import { createHash } from 'node:crypto';
import { expect, test } from '../../fixtures';
import { Front } from '../../fixtures/front';
import { expectConversation, meet } from '../../fixtures/journeys';
import type { VisitPage } from '../../pages/visit';

async function picture({ campfire }: VisitPage): Promise<string> {
  const pixels = await campfire.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  return createHash('sha256').update(pixels).digest('hex');
}

const isBlank = ({ campfire }: VisitPage) =>
  campfire.evaluate((canvas: HTMLCanvasElement) => {
    const empty = document.createElement('canvas');
    Object.assign(empty, { width: canvas.width, height: canvas.height });
    return canvas.toDataURL() === empty.toDataURL();
  });

/// Counts the strokes that the page draws into any canvas, and the sound that it makes.
async function countStrokes({ page }: VisitPage): Promise<void> {
  await page.addInitScript(() => {
    const state = { strokes: 0, contexts: [] as AudioContext[] };
    Object.assign(window, { __fire: state });
    for (const name of ['fill', 'fillRect', 'clearRect', 'drawImage', 'stroke'] as const) {
      const draw = CanvasRenderingContext2D.prototype[name] as (...args: unknown[]) => void;
      Object.assign(CanvasRenderingContext2D.prototype, {
        [name](this: CanvasRenderingContext2D, ...args: unknown[]) {
          state.strokes++;
          return draw.apply(this, args);
        },
      });
    }
    const Original = window.AudioContext;
    window.AudioContext = new Proxy(Original, {
      construct(target, args) {
        const made = new target(...(args as []));
        state.contexts.push(made);
        return made;
      },
    });
  });
}

/// As many frames go by as a burning fire would have been drawn in many times over.
async function frames({ page }: VisitPage, count = 90): Promise<void> {
  await page.evaluate(async (count) => {
    for (let seen = 0; seen < count; seen++) await new Promise(requestAnimationFrame);
  }, count);
}

const strokes = ({ page }: VisitPage) => page.evaluate(() => (window as unknown as { __fire: { strokes: number } }).__fire.strokes);
const sounding = ({ page }: VisitPage) =>
  page.evaluate(() =>
    (window as unknown as { __fire: { contexts: AudioContext[] } }).__fire.contexts.filter((context) => context.state === 'running').length,
  );

test('the campfire moves while it is visible and costs nothing while it is not', async ({ patient, provider }) => {
  await countStrokes(patient);
  await patient.open();
  await patient.joinRoom();
  await expect(patient.campfire).toHaveAttribute('data-burning', 'true');
  const first = await picture(patient);
  await expect.poll(() => picture(patient)).not.toBe(first);

  await provider.open();
  await provider.joinRoom();
  await patient.expectNotWaiting();
  await frames(patient, 1); // one that was asked for before the curtain fell may still come
  const before = await strokes(patient);
  await frames(patient);
  expect(await strokes(patient), 'not a stroke behind the curtain').toBe(before);

  await provider.leaveRoom();
  await patient.expectWaiting();
  await expect.poll(() => strokes(patient)).toBeGreaterThan(before + 10);
});

test('the campfire stands still for who prefers reduced motion', async ({ arrive }) => {
  const patient = await arrive('patient', { context: { reducedMotion: 'reduce' } });
  await patient.open();
  await patient.joinRoom();
  await expect(patient.campfire).toBeVisible();
  await expect(patient.campfire).toHaveAttribute('data-burning', 'false');
  await expect.poll(() => isBlank(patient), 'a still fire is drawn all the same').toBe(false);
  const still = await picture(patient);
  await frames(patient);
  expect(await picture(patient)).toBe(still);
});

test('the campfire is silent until asked, and falls silent when the provider comes', async ({ patient, provider }) => {
  await countStrokes(patient);
  await patient.open();
  await patient.joinRoom();
  await patient.expectWaiting();
  expect(await sounding(patient)).toBe(0);
  const on = patient.page.getByRole('button', { name: 'Turn on the crackle' });
  const off = patient.page.getByRole('button', { name: 'Turn off the crackle' });
  await on.click();
  await expect.poll(() => sounding(patient)).toBe(1);
  await off.click();
  await expect.poll(() => sounding(patient)).toBe(0);

  await on.click();
  await expect.poll(() => sounding(patient)).toBe(1);
  await provider.open();
  await provider.joinRoom();
  await patient.expectNotWaiting();
  await expect.poll(() => sounding(patient)).toBe(0);
});

test('a campfire that cannot be had keeps nobody from the room, and burns the next time', async ({ arrive, server, provider }) => {
  const front = await Front.before(server.port);
  const patient = await arrive('patient', { origin: front.origin });
  patient.watch.provokesNetworkTrouble();
  const asked = () => patient.watch.requests.filter((url) => /fireplace/.test(url)).length;
  const away = front.unplug(/^\/pkg\/split_fireplace/);
  await patient.open();
  await patient.joinRoom();
  await patient.expectWaiting();
  await expect.poll(asked).toBe(1);
  expect(await isBlank(patient), 'the picture behind is seen').toBe(true);
  await expect(patient.page.getByRole('button', { name: 'Turn on the crackle' }), 'there is nothing to turn on').toBeHidden();
  await provider.open();
  await provider.joinRoom();
  await expectConversation(patient, provider);

  away.end();
  await provider.leaveRoom();
  await patient.expectWaiting();
  await expect.poll(() => isBlank(patient)).toBe(false);
  await expect(patient.page.getByRole('button', { name: 'Turn on the crackle' })).toBeVisible();
  await front.close();
});

test('the campfire goes out with the call', async ({ patient, provider }) => {
  await countStrokes(patient);
  await meet(patient, provider);
  await provider.leaveRoom();
  await patient.expectWaiting();
  await patient.leaveRoom();
  await patient.expectNotWaiting();
  const before = await strokes(patient);
  await frames(patient);
  expect(await strokes(patient)).toBe(before);
});
