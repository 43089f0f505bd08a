import { expect, test } from '../../fixtures/rooms';
import { camera, chat, expectAllTalk, expectTogether, type Person } from '../../fixtures/rooms-person';
import type { Message } from '../../fixtures/rooms-stage';

const kinds = {
  usual: {},
  'at most 100 ms': { maxPacketLifeTime: 100 },
  'at most 3 times': { maxRetransmits: 3 },
  'never again': { maxRetransmits: 0 },
  'in any order': { ordered: false },
  'in any order and once': { ordered: false, maxRetransmits: 0 },
  'in any order and soon': { ordered: false, maxPacketLifeTime: 50 },
};

const nothingSpecial = { maxPacketLifeTime: null, maxRetransmits: null, ordered: true };

const expected = Object.fromEntries(
  Object.entries(kinds).map(([name, options]) => {
    const all = { ...nothingSpecial, ...options };
    return [name, { ...all, reliable: all.maxPacketLifeTime === null && all.maxRetransmits === null }];
  }),
);

/// Of Ada's data tracks, as somebody else sees them.
function optionsOfAda(who: Person): Promise<object> {
  return who.page.evaluate(() => {
    const ada = [...window.stage.room!.participants.values()].find(({ identity }) => identity === 'Ada')!;
    return Object.fromEntries(
      [...ada.dataTracks.values()].map(({ trackName, track }) => {
        const { maxPacketLifeTime, maxRetransmits, ordered, reliable } = track!;
        return [trackName, { maxPacketLifeTime, maxRetransmits, ordered, reliable }];
      }),
    );
  });
}

test('data tracks reach everybody with the options that they were made with, and carry text and bytes', async ({ people }) => {
  const everybody = (await people(3)) as [Person, Person, Person];
  const [, ben, cleo] = everybody;
  const tracks = Object.entries(kinds).map(([name, options]) => ({ kind: 'data' as const, name, ...options }));
  for (const one of everybody) await one.join('lobby', { tracks });
  await expectTogether(everybody, Object.keys(kinds));

  for (const other of [ben, cleo]) expect(await optionsOfAda(other)).toEqual(expected);

  const bytes = [...Array(256).keys()];
  for (const one of everybody) {
    const others = everybody.filter((other) => other !== one);
    for (const name of Object.keys(kinds)) {
      const messages: Message[] = [
        { from: one.name, track: name, data: `from ${one.name} with ünïcödé` },
        { from: one.name, track: name, data: bytes },
      ];
      for (const { data } of messages) await one.send(name, data);
      for (const other of others) {
        const got = async (): Promise<string[]> => (await other.messages()).filter((it) => it.from === one.name && it.track === name).map((it) => JSON.stringify(it)).sort();
        await expect.poll(got, { message: `${other.name} gets ${one.name}'s ${name}` }).toEqual(messages.map((it) => JSON.stringify(it)).sort());
      }
    }
  }
});

test('a thousand messages each way arrive whole, once and in order', async ({ people }) => {
  const everybody = (await people(3)) as [Person, Person, Person];
  for (const one of everybody) await one.join('lobby', { tracks: [chat] });
  await expectTogether(everybody, ['chat']);
  await expectAllTalk(everybody);
  for (const one of everybody) await one.forget();
  await Promise.all(
    everybody.map((one) =>
      one.page.evaluate(() => {
        for (let count = 0; count < 1_000; count++) window.stage.send('chat', `${count} ${'x'.repeat(count)}`);
      }),
    ),
  );
  for (const one of everybody) {
    for (const other of everybody) {
      if (one === other) continue;
      const got = async (): Promise<string[]> => (await one.messages()).filter(({ from }) => from === other.name).map(({ data }) => String(data));
      await expect.poll(async () => (await got()).length).toBe(1_000);
      expect(await got()).toEqual(Array.from({ length: 1_000 }, (_, count) => `${count} ${'x'.repeat(count)}`));
    }
  }
});

test('a data track that comes into a call without one, and its successor, reach those who are there and those who come', async ({ people }) => {
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  await ada.join('lobby', { tracks: [camera] });
  await ben.join('lobby', { tracks: [camera] });
  await expectTogether([ada, ben], ['camera']);
  await ada.publish(chat);
  await ben.publish(chat);
  await expectTogether([ada, ben], ['camera', 'chat']);
  await expectAllTalk([ada, ben]);
  await ada.unpublish('chat');
  await ben.expectOthers({ Ada: ['camera'] });
  await ada.publish(chat);
  await ben.expectOthers({ Ada: ['camera', 'chat'] });
  await cleo.join('lobby', { tracks: [camera, chat] });
  await expectTogether([ada, ben, cleo], ['camera', 'chat']);
  await expectAllTalk([ada, ben, cleo]);
});

test('data tracks that are published in the middle of a call have their options with those who are there and those who come', async ({ people }) => {
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  await ada.join('lobby');
  await ben.join('lobby');
  await ben.expectOthers({ Ada: [] });
  for (const [name, options] of Object.entries(kinds)) await ada.publish({ kind: 'data', name, ...options });
  await ben.expectOthers({ Ada: Object.keys(kinds) });
  await cleo.join('lobby');
  await cleo.expectOthers({ Ada: Object.keys(kinds), Ben: [] });
  for (const other of [ben, cleo]) {
    expect(await optionsOfAda(other)).toEqual(expected);
    for (const name of Object.keys(kinds)) {
      await ada.send(name, `to ${other.name} on ${name}`);
      await expect.poll(() => other.messages()).toContainEqual({ from: 'Ada', track: name, data: `to ${other.name} on ${name}` });
    }
  }
});
