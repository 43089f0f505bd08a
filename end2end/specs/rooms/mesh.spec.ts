import { test } from '../../fixtures/rooms';
import { camera, chat, expectAllTalk, microphone, type Person } from '../../fixtures/rooms-person';

// As a clinic has it: who is slow on a busy machine is waited for.
test.use({ settings: { SESSION_TIMEOUT: '30s' } });

test('ten in one room, all with sound and data and four with pictures: everything reaches everybody', async ({ people }) => {
  test.setTimeout(180_000);
  const everybody = await people(10);
  const seen = everybody.slice(0, 4);
  const without = (list: Person[], one: Person): Person[] => list.filter((other) => other !== one);
  // Ninety connections' ends on one small machine: calm ones.
  const [picture, sound] = [{ ...camera, calm: true }, { ...microphone, calm: true }];
  for (const one of everybody) await one.join('conference', { tracks: seen.includes(one) ? [picture, sound, chat] : [sound, chat] });
  const tracks = (one: Person): string[] => (seen.includes(one) ? ['camera', 'microphone', 'chat'] : ['microphone', 'chat']);
  for (const one of everybody) await one.expectOthers(Object.fromEntries(without(everybody, one).map((other) => [other.name, tracks(other)])));
  await expectAllTalk(everybody);
  for (const one of everybody) {
    await one.expectMovingPictures(without(seen, one));
    await one.expectSounds(9);
  }
  const [last] = everybody.splice(9);
  await last!.leave();
  for (const one of everybody) await one.expectTold('participantDisconnected', [{ who: last!.name }]);
  await expectAllTalk(everybody);
  for (const one of everybody) await one.expectTold('disconnected', []);
});
