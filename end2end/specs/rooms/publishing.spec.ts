import { expect, test } from '../../fixtures/rooms';
import { camera, chat, expectAllSee, expectAllTalk, expectTogether, microphone, type Person } from '../../fixtures/rooms-person';

const all = [camera, microphone, chat];
const names = ['camera', 'chat', 'microphone'];

test('what is published at connect time reaches those who are there and those who come', async ({ people }) => {
  const everybody = await people(3);
  for (const one of everybody) await one.join('lobby', { tracks: all });
  await expectTogether(everybody, names);
  await expectAllSee(everybody);
  await expectAllTalk(everybody);
  await Promise.all(everybody.map((one, index) => one.expectHears(everybody[(index + 1) % 3]!)));
});

test('tracks of every kind are published and unpublished in the middle of a call, one by one', async ({ people }) => {
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  for (const one of [ada, ben, cleo]) await one.join('lobby');
  await expectTogether([ada, ben, cleo], []);
  const others = [ben, cleo];
  const published: string[] = [];
  for (const wish of all) {
    const sid = await ada.publish(wish);
    const name = { video: 'camera', audio: 'microphone', data: 'chat' }[wish.kind];
    published.push(name);
    for (const other of others) {
      await expect.poll(async () => (await other.seesOther(ada))?.tracks[name], { message: `${other.name} has ${name}` }).toEqual({
        sid,
        kind: wish.kind,
        enabled: true,
        priority: 'standard',
        subscribed: true,
      });
    }
  }
  await Promise.all(others.map((other) => other.expectSees(ada)));
  await Promise.all(others.map((other) => other.expectHears(ada)));
  await ada.send('chat', 'hello');
  for (const other of others) await other.expectMessages([{ from: 'Ada', track: 'chat', data: 'hello' }]);

  while (published.length > 0) {
    const name = published.shift()!;
    await ada.unpublish(name);
    for (const other of others) {
      await other.expectOthers({ Ada: published, [others.find((one) => one !== other)!.name]: [] });
      await expect.poll(() => other.told('trackUnsubscribed')).toContainEqual({ who: 'Ada', track: name });
      await expect.poll(() => other.told('trackUnpublished')).toContainEqual({ who: 'Ada', track: name });
    }
  }
  for (const other of others) await expect(other.page.locator('video, audio')).toHaveCount(0);
});

test('a track that is published again under its old name is a new one, and is seen', async ({ people }) => {
  const [ada, ben] = (await people(2)) as [Person, Person];
  await ada.join('lobby');
  await ben.join('lobby');
  const sids = new Set<string>();
  for (let round = 0; round < 3; round++) {
    sids.add(await ada.publish(camera));
    await ben.expectSees(ada);
    await ada.unpublish('camera');
    await ben.expectOthers({ Ada: [] });
  }
  expect(sids.size).toBe(3);
});

test('a disabled track is so for those who are there and those who come, and again an enabled one', async ({ people }) => {
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  await ada.join('lobby', { tracks: [camera, microphone] });
  await ben.join('lobby');
  await ben.expectSees(ada);
  const enabled = async (who: Person): Promise<(boolean | undefined)[]> => {
    const tracks = (await who.seesOther(ada))?.tracks;
    return [tracks?.['camera']?.enabled, tracks?.['microphone']?.enabled];
  };
  await ada.page.evaluate(() => (window.stage.tracks.get('camera') as { disable(): unknown }).disable());
  await ben.expectTold('trackDisabled', [{ who: 'Ada', track: 'camera' }]);
  await cleo.join('lobby');
  for (const other of [ben, cleo]) await expect.poll(() => enabled(other)).toEqual([false, true]);
  await expect.poll(() => cleo.picture(ada).count(), { message: 'a disabled track is subscribed to as well' }).toBe(1);
  await ada.page.evaluate(() => (window.stage.tracks.get('camera') as { enable(): unknown }).enable());
  for (const other of [ben, cleo]) {
    await other.expectTold('trackEnabled', [{ who: 'Ada', track: 'camera' }]);
    await other.expectSees(ada);
    expect(await enabled(other)).toEqual([true, true]);
  }
});

test('priorities given at publishing and changed later reach those who are there and those who come', async ({ people }) => {
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  await ada.join('lobby', { tracks: [chat] });
  await ben.join('lobby');
  await ada.publish({ kind: 'video', priority: 'high' });
  await ada.publish({ kind: 'audio', priority: 'low' });
  const priorities = async (who: Person): Promise<object> => {
    const tracks = (await who.seesOther(ada))?.tracks ?? {};
    return Object.fromEntries(Object.entries(tracks).map(([name, { priority }]) => [name, priority]));
  };
  await expect.poll(() => priorities(ben)).toEqual({ chat: 'standard', camera: 'high', microphone: 'low' });
  await ada.page.evaluate(() => {
    for (const publication of window.stage.room!.localParticipant.videoTracks.values()) publication.setPriority('low');
  });
  await ben.expectTold('priority low', [{ who: 'Ada', track: 'camera' }]);
  await cleo.join('lobby');
  for (const other of [ben, cleo]) {
    await expect.poll(() => priorities(other)).toEqual({ chat: 'standard', camera: 'low', microphone: 'low' });
  }
});

test('many tracks at once are all published, and each arrives as what it is', async ({ people }) => {
  const [ada, ben] = (await people(2)) as [Person, Person];
  const pictures = { front: 'red', back: 'green', screen: 'yellow' } as const;
  const wishes = Object.entries(pictures).map(([name, colour]) => ({ kind: 'video' as const, name, colour: colours[colour] }));
  await ada.join('lobby', { tracks: [...wishes, microphone, chat, { kind: 'data', name: 'pen' }] });
  await ben.join('lobby');
  await ben.expectOthers({ Ada: [...Object.keys(pictures), 'microphone', 'chat', 'pen'] });
  await Promise.all(Object.entries(pictures).map(([name, colour]) => ben.expectSees(ada, name, colour)));
  await ben.expectHears(ada);
});

const colours = { red: 'rgb(200,30,30)', green: 'rgb(30,170,40)', yellow: 'rgb(210,200,30)' };
