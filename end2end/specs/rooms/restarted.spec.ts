import { expect, test } from '../../fixtures/rooms';
import { Call } from '../../fixtures/rooms-call';
import { camera, chat, expectAllSee, expectAllTalk, expectTogether, type Person } from '../../fixtures/rooms-person';

test.use({ settings: { SESSION_TIMEOUT: '30s' } });

test('a server that is killed for a moment: the call goes on, and somebody new joins the room as it was rebuilt', async ({ rooms, people, enter }) => {
  const call = await Call.begin(await people(3));
  await rooms.restart('kill', 500);
  await call.recovered();
  await call.visitedBy(await enter('Dan'));
  await call.expectUnbroken(2_000, 1);
});

test('a successor takes over while the server still runs: the call goes on', async ({ rooms, people, enter }) => {
  const call = await Call.begin(await people(2));
  expect(await rooms.handOver(), 'an orderly end').toBe(0);
  await call.recovered();
  await call.visitedBy(await enter('Dan'));
  await call.expectUnbroken(2_000, 1);
});

test.describe(() => {
  test.use({ held: true });

  // Everybody is back with a successor's first word, however long that took: so only here an outage can be longer than any gap
  // that a busy machine makes, and still nobody's next try come too late.
  test('a server whose socket is held is stopped: media go on while nobody listens', async ({ rooms, people }) => {
    const call = await Call.begin(await people(2));
    const { gone, back } = await rooms.restart('stop', 2_500);
    await call.recovered();
    await call.expectUnbroken(back - gone);
  });
});

test('what is published and removed while the server is away is there afterwards', async ({ rooms, people }) => {
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  for (const one of [ada, ben, cleo]) await one.join('lobby', { tracks: [camera, chat] });
  await expectAllSee([ada, ben, cleo]);
  await rooms.kill();
  await ada.expectTold('reconnecting', [{ code: 53001 }]);
  const published = [ada.publish({ kind: 'video', name: 'screen' }), ben.publish({ kind: 'audio', name: 'song' })];
  await cleo.unpublish('camera');
  await rooms.run();
  await Promise.all(published);
  await ada.expectOthers({ Ben: ['camera', 'chat', 'song'], Cleo: ['chat'] });
  await ben.expectOthers({ Ada: ['camera', 'chat', 'screen'], Cleo: ['chat'] });
  await cleo.expectOthers({ Ada: ['camera', 'chat', 'screen'], Ben: ['camera', 'chat', 'song'] });
  for (const one of [ben, cleo]) await one.expectSees(ada, 'screen');
  await expectAllTalk([ada, ben, cleo]);
});

test.describe(() => {
  test.use({ settings: { SESSION_TIMEOUT: '5s' } });

  test('who leaves while the server is away is gone for the others when their time is up', async ({ rooms, people }) => {
    const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
    for (const one of [ada, ben, cleo]) await one.join('lobby', { tracks: [chat] });
    await expectTogether([ada, ben, cleo], ['chat']);
    await rooms.kill();
    await cleo.page.close();
    await rooms.run();
    for (const one of [ada, ben]) {
      await one.expectTold('participantDisconnected', [{ who: 'Cleo' }]);
      await one.expectTold('reconnected', [{}]);
      await one.expectTold('disconnected', []);
    }
    await expectTogether([ada, ben], ['chat']);
    await expectAllTalk([ada, ben]);
  });
});
