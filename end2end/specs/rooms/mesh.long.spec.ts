import { launchChromium } from '../../fixtures/chromium';
import { names, test } from '../../fixtures/rooms';
import { camera, chat, expectAllTalk, microphone, type Person } from '../../fixtures/rooms-person';

// As a clinic has it: who is slow on a busy machine is waited for.
test.use({ settings: { SESSION_TIMEOUT: '30s' } });

test('ten in one room, all with sound and data and four with pictures: everything reaches everybody', async ({ enter }) => {
  test.setTimeout(180_000);
  // Ninety connections' ends on one small machine: in one process, and with calm tracks.
  const browser = await launchChromium({ colour: 'blue', flags: ['--process-per-site'] });
  const context = await browser.newContext();
  const everybody: Person[] = [];
  for (const name of names) everybody.push(await enter(name, { context }));
  const seen = everybody.slice(0, 4);
  const without = (list: Person[], one: Person): Person[] => list.filter((other) => other !== one);
  const [picture, sound] = [{ ...camera, calm: true }, { ...microphone, calm: true }];
  for (const one of everybody) await one.join('conference', { tracks: seen.includes(one) ? [picture, sound, chat] : [sound, chat] });
  const tracks = (one: Person): string[] => (seen.includes(one) ? ['camera', 'microphone', 'chat'] : ['microphone', 'chat']);
  const slowly = { timeout: 60_000 };
  for (const one of everybody) await one.expectOthers(Object.fromEntries(without(everybody, one).map((other) => [other.name, tracks(other)])), slowly);
  await expectAllTalk(everybody);
  await Promise.all(everybody.map((one) => one.expectMovingPictures(without(seen, one), slowly)));
  await Promise.all(everybody.map((one) => one.expectSounds(9, slowly)));
  for (const one of everybody) await one.expectTold('disconnected', []);
  await browser.close();
});
