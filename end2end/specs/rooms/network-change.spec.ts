import type { Browser } from '@playwright/test';
import { launchChromium } from '../../fixtures/chromium';
import { type Laboratory, laboratory } from '../../fixtures/laboratory';
import { RoomServer } from '../../fixtures/room-server';
import { test as base } from '../../fixtures/rooms';
import { camera, chat, expectAllSee, expectAllTalk, expectTogether, Person } from '../../fixtures/rooms-person';
import { Site } from '../../fixtures/rooms-site';

// In networks of our own: a phone leaves the house in the middle of a call.

interface Set {
  lab: Laboratory;
  /// Somebody on one side of the cable.
  onSide: (name: string, side: 'near' | 'far') => Promise<Person>;
}

const test = base.extend<Set>({
  lab: laboratory,

  rooms: async ({ lab }, use) => {
    const rooms = await RoomServer.start({ SESSION_TIMEOUT: '30s' }, { address: lab.address, under: lab.under('near') });
    await use(rooms);
    await rooms.dispose();
  },

  onSide: async ({ lab, rooms }, use) => {
    const browsers: Browser[] = [];
    const site = await Site.open(lab.address, lab.under('near'));
    await use(async (name, side) => {
      const { origin, ...inhabitant } = lab.inhabitant(side, site.origin);
      const colour = side === 'near' ? 'red' : 'green';
      const browser = await launchChromium({ colour, ...inhabitant });
      browsers.push(browser);
      return Person.open(await browser.newContext(), origin, name, colour, rooms.signalling, (identity) => rooms.token({ identity }));
    });
    for (const browser of browsers) await browser.close();
    site.close();
  },
});

test('one side gets another address in the middle of a call: both meet again, in the same call', async ({ lab, onSide }) => {
  test.setTimeout(120_000);
  const [ada, ben] = [await onSide('Ada', 'far'), await onSide('Ben', 'near')];
  const both = [ada, ben];
  for (const one of both) await one.join('lobby', { tracks: [camera, chat] });
  await expectTogether(both, ['camera', 'chat']);
  await expectAllSee(both);
  for (const one of both) await one.forget();
  lab.moveHouse();
  await ada.when('reconnected');
  await expectTogether(both, ['camera', 'chat']);
  await expectAllTalk(both);
  await expectAllSee(both);
  for (const one of both) {
    await one.expectTold('disconnected', []);
    await one.expectTold('participantDisconnected', []);
  }
});
