import { expect, test } from '../../fixtures/rooms';
import { camera, chat, microphone, type Person } from '../../fixtures/rooms-person';

const long = 'n'.repeat(129);

test('at connect time, only the tracks whose names break a rule fail: 53302 too long, 53304 duplicate', async ({ people }) => {
  const [ada, ben] = (await people(2)) as [Person, Person];
  await ben.join('lobby');
  await ada.join('lobby', {
    tracks: [camera, { kind: 'data', name: 'camera' }, { kind: 'video', name: long }, microphone, { kind: 'data', name: 'n'.repeat(128) }],
  });
  await ada.expectTold('trackPublicationFailed', [
    { track: 'camera', code: 53304 },
    { track: long, code: 53302 },
  ]);
  await ben.expectOthers({ Ada: ['camera', 'microphone', 'n'.repeat(128)] });
  await ben.expectSees(ada);
  expect((await ben.seesOther(ada))?.tracks['camera']?.kind, 'the first of that name').toBe('video');
  await expect.poll(async () => Object.keys((await ada.view()).me.tracks).sort()).toEqual(['camera', 'microphone', 'n'.repeat(128)]);
});

test('in a call, publishing such a track is refused with its code, and the others go on', async ({ people }) => {
  const [ada, ben] = (await people(2)) as [Person, Person];
  await ben.join('lobby');
  await ada.join('lobby', { tracks: [camera, chat] });
  await ben.expectSees(ada);
  const refusal = (name: string): Promise<number | undefined> =>
    ada.page.evaluate((name) => window.stage.publish({ kind: 'audio', name }).then(() => undefined, (error) => error.code), name);
  expect(await refusal(long)).toBe(53302);
  expect(await refusal('camera')).toBe(53304);
  await ada.expectTold('trackPublicationFailed', [
    { track: long, code: 53302 },
    { track: 'camera', code: 53304 },
  ]);
  await ben.expectOthers({ Ada: ['camera', 'chat'] });
  await ben.expectSees(ada);
  expect(await refusal('fine'), 'a good name is taken afterwards').toBeUndefined();
  await ben.expectOthers({ Ada: ['camera', 'chat', 'fine'] });
});

test('a name is free again when its track is unpublished, and for everybody else all the time', async ({ people }) => {
  const [ada, ben] = (await people(2)) as [Person, Person];
  await ada.join('lobby', { tracks: [camera] });
  await ben.join('lobby', { tracks: [camera] });
  await ada.unpublish('camera');
  await ada.publish({ kind: 'data', name: 'camera' });
  await ben.expectOthers({ Ada: ['camera'] });
  await expect.poll(async () => (await ben.seesOther(ada))?.tracks['camera']?.kind).toBe('data');
  await ada.expectOthers({ Ben: ['camera'] });
});
