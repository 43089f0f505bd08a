import { type Browser, expect, test as base } from '../../fixtures/rooms';
import { launchChromium, processGroup } from '../../fixtures/chromium';
import { camera, chat, expectAllSee, expectAllTalk, expectTogether, type Person } from '../../fixtures/rooms-person';

// One dies without a word. Their ICE fails at the others some 8 s later, and who has no other pair would leave with 53405
// a session timeout after that, if the server let it come so far.

interface Doomed {
  browser: Browser;
  group: number;
  person: Person;
}

const test = base.extend<{ doomed: Doomed }>({
  settings: { SESSION_TIMEOUT: '6s' },
  doomed: async ({ enter }, use) => {
    const browser = await launchChromium({ colour: 'green' });
    const group = await processGroup(browser);
    await use({ browser, group, person: await enter('Zoe', { browser }) });
    if (browser.isConnected()) process.kill(-group, 'SIGKILL');
  },
});

const ways: Record<string, (who: Doomed) => boolean> = {
  'browser is killed': ({ group }) => process.kill(-group, 'SIGKILL'),
  // Sockets stay open, and the kernel goes on taking what comes: nothing but silence tells.
  'whole machine stands still': ({ group }) => process.kill(-group, 'SIGSTOP'),
};

for (const [how, die] of Object.entries(ways)) {
  test(`the other's ${how}: who survives stays in the room, long after the dead connection has failed, and meets the next`, async ({
    doomed,
    enter,
  }) => {
    test.setTimeout(90_000);
    const ada = await enter('Ada');
    for (const one of [ada, doomed.person]) await one.join('lobby', { tracks: [camera, chat] });
    await expectTogether([ada, doomed.person], ['camera', 'chat']);
    await expectAllSee([ada, doomed.person]);
    die(doomed);
    await ada.expectTold('participantReconnecting', [{ who: 'Zoe' }]);
    await ada.expectTold('participantDisconnected', [{ who: 'Zoe' }]);
    await ada.waitForClock(18_000); // 8 s until ICE would have failed, 6 s of session timeout, and some
    await ada.expectTold('disconnected', []);
    await ada.expectTold('reconnecting', []);
    const ben = await enter('Ben');
    await ben.join('lobby', { tracks: [camera, chat] });
    await expectAllSee([ada, ben]);
    await expectAllTalk([ada, ben]);
  });
}

test('one of three dies without a word: the other two never stop seeing each other', async ({ doomed, people }) => {
  test.setTimeout(90_000);
  const [ada, ben] = (await people(2)) as [Person, Person];
  const trio = [ada, ben, doomed.person];
  for (const one of trio) await one.join('lobby', { tracks: [camera, chat] });
  await expectTogether(trio, ['camera', 'chat']);
  await expectAllSee(trio);
  for (const one of [ada, ben]) await one.watchGaps();
  process.kill(-doomed.group, 'SIGKILL');
  for (const one of [ada, ben]) await one.expectTold('participantDisconnected', [{ who: 'Zoe' }]);
  for (const [one, other] of [[ada, ben], [ben, ada]] as const) {
    expect((await one.gaps())[`${other.name}/camera`], `${other.name}'s picture at ${one.name}`).toBeLessThan(2_000);
    await one.expectTold('disconnected', []);
    await one.expectTold('reconnecting', []);
  }
  await expectTogether([ada, ben], ['camera', 'chat']);
  await expectAllTalk([ada, ben]);
});
