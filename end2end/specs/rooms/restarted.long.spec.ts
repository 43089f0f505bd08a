import { expect, test } from '../../fixtures/rooms';
import { Call } from '../../fixtures/rooms-call';
import { camera, chat, expectAllSee, expectAllTalk, expectTogether, type Person } from '../../fixtures/rooms-person';

test.use({ settings: { SESSION_TIMEOUT: '30s' } });

for (const end of ['kill', 'stop'] as const) {
  const how = end === 'kill' ? 'killed' : 'stopped in order';

  // The SDK tries again ever more slowly, and by chance: the n-th time after up to 160 ms × 1.5ⁿ. How late its first try after the
  // outage is, no server can change.
  test(`a server that is ${how} for a while: the call goes on, everybody is back with their first try`, async ({ rooms, people, enter }) => {
    test.setTimeout(120_000);
    const all = await people(3);
    const tries = all.map((one) => one.signallingTries());
    const call = await Call.begin(all);
    for (const away of [2_500, 5_000]) {
      const { back } = await rooms.restart(end, away);
      const times = await call.recovered();
      for (const [index, time] of times.entries()) {
        const late = tries[index]!.filter((at) => at > back);
        expect(late.length, `tries of ${all[index]!.name} at a server that was there again`).toBeLessThanOrEqual(1);
        expect(time - Math.max(...tries[index]!), `from the try of ${all[index]!.name} to the call`).toBeLessThan(1_000);
      }
    }
    await call.visitedBy(await enter('Dan'));
    await call.expectUnbroken(2_000, 1);
  });

  test.describe(() => {
    test.use({ held: true });

    test(`a server whose socket is held is ${how} for a while: the call goes on, everybody is back in less than half that time and a second`, async ({ rooms, people, enter }) => {
      test.setTimeout(120_000);
      const call = await Call.begin(await people(3));
      for (const away of [2_500, 5_000, 10_000]) {
        const { gone, back } = await rooms.restart(end, away);
        const outage = back - gone;
        for (const time of await call.recovered()) expect(time - back, `after ${outage} ms`).toBeLessThan(outage / 2 + 1_000);
      }
      await call.visitedBy(await enter('Dan'));
      await call.expectUnbroken(2_000, 1);
    });
  });
}

test('a successor takes over while the server still runs: the call goes on', async ({ rooms, people, enter }) => {
  const call = await Call.begin(await people(3));
  for (let round = 0; round < 3; round++) {
    expect(await rooms.handOver(), 'an orderly end').toBe(0);
    await call.recovered();
  }
  await call.visitedBy(await enter('Dan'));
  await call.expectUnbroken(2_000, 1);
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
  test.use({ settings: { SESSION_TIMEOUT: '8s' } });

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
