import { expect, test } from '../../fixtures/rooms';
import { camera, chat, microphone, type Person } from '../../fixtures/rooms-person';

test('without automatic subscription one is told of all tracks and gets none, while the others get one’s own', async ({ people }) => {
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  const tracks = [camera, microphone, chat];
  await ada.join('lobby', { tracks });
  await ben.join('lobby', { tracks, automaticSubscription: false });
  await cleo.join('lobby', { tracks });
  for (const other of [ada, cleo]) {
    await other.expectSees(ben);
    await other.expectHears(ben);
  }
  await ben.send('chat', 'I hear nobody');
  for (const other of [ada, cleo]) await other.expectMessages([{ from: 'Ben', track: 'chat', data: 'I hear nobody' }]);

  const publications = async (): Promise<object> => {
    const { others } = await ben.view();
    const rows = Object.entries(others).flatMap(([who, { tracks }]) => Object.entries(tracks).map(([name, { subscribed }]) => [`${who}/${name}`, subscribed]));
    return Object.fromEntries(rows);
  };
  const none = Object.fromEntries(['Ada', 'Cleo'].flatMap((who) => ['camera', 'microphone', 'chat'].map((name) => [`${who}/${name}`, false])));
  await expect.poll(publications).toEqual(none);
  await ada.publish({ kind: 'data', name: 'late' });
  await expect.poll(publications).toEqual({ ...none, 'Ada/late': false });
  // Cleo has it by now, so Ben would.
  await cleo.expectOthers({ Ada: ['camera', 'chat', 'late', 'microphone'], Ben: ['camera', 'chat', 'microphone'] });
  await ben.expectTold('trackSubscribed', []);
  await expect(ben.page.locator('video, audio')).toHaveCount(0);
});
