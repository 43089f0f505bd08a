import { expect, test as base } from '../../fixtures/clinic';
import { comeToWait } from '../../fixtures/crowd';
import { Tabs } from '../../fixtures/tabs';
import { expectAccessible } from '../../fixtures/axe';
import { QueuePage } from '../../pages/desk';

interface Heard {
  tones: number;
  notes: string[];
}

const test = base.extend<{ desk: Tabs }>({
  desk: async ({ clinic, server }, use) => {
    const desk = await Tabs.launch({ colour: 'red' });
    await desk.allowNotes(server.origin);
    await desk.page.evaluateOnNewDocument(listen);
    await desk.page.goto(`${server.origin}/login`);
    await desk.page.type('input[name="email"]', clinic.person('Lindqvist').email);
    await desk.page.type('input[name="password"]', clinic.data.password);
    await Promise.all([desk.page.waitForNavigation(), desk.page.keyboard.press('Enter')]);
    await desk.until('main[data-hydrated]');
    await use(desk);
    await desk.close();
  },
});

/// Put into the page before its own script: notes down which tones it plays and what it says on the desktop.
function listen(): void {
  const heard: Heard = { tones: 0, notes: [] };
  Object.assign(window, { __heard: heard });
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (this: OscillatorNode, ...when: number[]) {
    if (this.context.state === 'running') heard.tones += 1;
    start.apply(this, when as [number?]);
  };
  window.Notification = new Proxy(Notification, {
    construct(target, args, made) {
      heard.notes.push(args.map((part) => JSON.stringify(part)).join(' '));
      return Reflect.construct(target, args, made) as Notification;
    },
  });
}

test('who arrives is announced by a sound and in the tab’s title, in a hidden tab also on the desktop, without a name', async ({ desk, arrive, clinic }) => {
  test.setTimeout(90_000);
  const heard = (): Promise<Heard> => desk.page.evaluate(() => (window as unknown as { __heard: Heard }).__heard);
  const press = (name: string): Promise<void> => desk.page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
  const crowd = await arrive('patient');
  const come = (name: string): Promise<unknown> => comeToWait(crowd, clinic, [name], { reducedMotion: 'reduce' });
  expect(await desk.page.title()).toBe('Waiting room · Owl Hospital Telemedicine');

  // Not asked for: seen, and neither heard nor said.
  await come('Henry Adler');
  await expect.poll(() => desk.page.title()).toBe('(1) Waiting room · Owl Hospital Telemedicine');
  expect(await heard()).toEqual({ tones: 0, notes: [] });

  await press('Turn on sound');
  await expect.poll(async () => (await heard()).tones, 'heard at once, so that one knows it works').toBe(2);
  await press('Turn on desktop notes');
  await desk.page.waitForSelector('::-p-aria([name="Desktop notes are on"][role="button"])');
  await come('Fatima Rahimi');
  await expect.poll(() => desk.page.title()).toMatch(/^\(2\) /);
  const first = '"You will be told here"'; // shown at once, as the sound is heard
  await expect.poll(heard, 'who looks at the page needs no other note').toEqual({ tones: 4, notes: [first] });

  await desk.hide();
  await come('Tom Becker');
  await expect.poll(heard).toEqual({ tones: 6, notes: [first, '"Somebody waits for you"'] });
  await expect.poll(() => desk.page.title()).toMatch(/^\(3\) /);

  // This browser remembers both.
  await desk.show();
  await desk.page.reload();
  await desk.until('main[data-hydrated]');
  await desk.page.waitForSelector('::-p-aria([name="Sound is on"][role="button"])');
  await desk.page.waitForSelector('::-p-aria([name="Desktop notes are on"][role="button"])');
});

test('where the browser holds desktop notes back, or has none, the page says what to do', async ({ arrive, clinic }) => {
  const desk = await arrive('provider');
  await clinic.logIn(desk.page, 'Ferreira');
  const queue = new QueuePage(desk.page);
  await queue.interactive();
  await desk.page.getByRole('button', { name: 'Turn on desktop notes' }).click();
  await expect(desk.page.getByText('Allow them for this site in its settings, and press again.')).toBeVisible();
  await expectAccessible(desk, 'desktop notes held back');
  await desk.page.evaluate(() => Reflect.deleteProperty(window, 'Notification'));
  await desk.page.getByRole('button', { name: 'Turn on desktop notes' }).click();
  await expect(desk.page.getByText('This browser shows no desktop notes.')).toBeVisible();
});
