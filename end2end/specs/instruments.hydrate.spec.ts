import { expect, test as base } from '../fixtures';
import { BareCall } from '../fixtures/bare-call';
import { expectAccessible } from '../fixtures/axe';
import { expectAudible, expectMoving } from '../fixtures/media-probe';
import { nearestColour } from '../media/palette';

// What every other spec trusts: the fake cameras, the probes and the watch, tried without any of the product.

const test = base.extend<{ bare: BareCall }>({
  home: async ({ bare }, use) => use(() => bare.origin),

  bare: async ({}, use) => {
    const bare = await BareCall.start();
    await use(bare);
    await bare.close();
  },
});

test('a colour and a tone cross a bare peer connection, and only the right ones are recognised', async ({ bare, arrive }) => {
  const first = await arrive('patient');
  const second = await arrive('provider');
  for (const side of [first, second]) {
    await side.page.goto(bare.origin);
    await side.page.getByRole('button', { name: 'Join Room' }).click();
    await side.expectPhase('in-room');
  }
  const seen = first.page.getByRole('article');
  await expectMoving(seen.locator('video'), 'red');
  await expectMoving(second.page.getByRole('article').locator('video'), 'blue');
  await expectAudible(seen.locator('audio'), 'red');
  await expectAudible(second.page.getByRole('article').locator('audio'), 'blue');

  const wrong = { timeout: 3_000 };
  await expect(expectMoving(seen.locator('video'), 'blue', wrong)).rejects.toThrow(/moving blue/);
  await expect(expectAudible(seen.locator('audio'), 'blue', wrong)).rejects.toThrow(/tone of blue/);
  await second.go();
  await expect(expectMoving(seen.locator('video'), 'red', wrong), 'a frozen picture does not count').rejects.toThrow(/moving red/);
  await expect(expectAudible(seen.locator('audio'), 'red', wrong), 'nor does silence').rejects.toThrow(/tone of red/);
});

test('the watch reports a foreign request, a console error and a content policy violation', async ({ bare, arrive }) => {
  const visitor = await arrive('patient');
  await visitor.page.goto(bare.origin);
  // The watch listens for longer, so it has heard it before.
  const complaint = visitor.context.waitForEvent('console', (message) => message.text() === 'on purpose');
  await visitor.page.evaluate(() => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "img-src 'none'";
    document.head.append(policy);
    new Image().src = '/owl.png';
    fetch('http://elsewhere.example/').catch(() => console.error('on purpose'));
  });
  await expect.poll(() => visitor.watch.violations).toContainEqual(expect.stringContaining('/owl.png'));
  await expect.poll(() => visitor.watch.foreign()).toEqual(['http://elsewhere.example/']);
  expect(() => visitor.watch.expectNothingUnexpected()).toThrow(/leave the origin/);
  visitor.watch.requests.length = 0;
  await complaint;
  expect(() => visitor.watch.expectNothingUnexpected()).toThrow(/on purpose/);
  visitor.watch.provokes(/on purpose/, /CSP: img-src/, /ERR_NAME_NOT_RESOLVED/, /Content Security Policy/i);
  visitor.watch.expectNothingUnexpected();
});

test('axe reports what is wrong at once, and what is wrong in one look only', async ({ arrive }) => {
  const visitor = await arrive('patient');
  await visitor.page.setContent('<html lang="en"><title>Axe</title><main><h1>A page</h1><p>Words</p></main></html>');
  await expectAccessible(visitor, 'plain');
  await visitor.page.addStyleTag({ content: '@media (prefers-color-scheme: dark) { p { color: #111; background: #222 } }' });
  await expect(expectAccessible(visitor, 'grey on grey')).rejects.toThrow(/grey on grey, dark[^]*color-contrast/);
  await visitor.page.evaluate(() => document.querySelector('main')!.append(new Image()));
  await expect(expectAccessible(visitor, 'a picture')).rejects.toThrow(/a picture\n[^]*image-alt/);
});

test('black, white and grey are nobody', () => {
  for (const level of [0, 128, 255]) expect(nearestColour([level, level, level])).toBeUndefined();
});
