import { expect, test } from '../../fixtures/rooms';
import { camera, expectTogether, type Person } from '../../fixtures/rooms-person';

test('who is put out over REST hears that they are out, the others that they left; who is in a room that is completed hears 53118', async ({ rooms, people }) => {
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  for (const one of [ada, ben, cleo]) await one.join('lobby', { tracks: [camera] });
  await expectTogether([ada, ben, cleo], ['camera']);
  const lobby = rooms.twilio().video.v1.rooms('lobby');

  await lobby.participants('Ben').update({ status: 'disconnected' });
  // The SDK knows no error for it.
  await ben.expectTold('disconnected', [{}]);
  for (const other of [ada, cleo]) await other.expectTold('participantDisconnected', [{ who: 'Ben' }]);
  await ada.expectSees(cleo);
  expect((await ben.join('lobby', { tracks: [camera] })).name, 'the token is still good').toBe('lobby');
  await expectTogether([ada, ben, cleo], ['camera']);

  await ben.forget();
  await lobby.update({ status: 'completed' });
  for (const one of [ada, ben, cleo]) await one.expectTold('disconnected', [{ code: 53118 }]);
});
