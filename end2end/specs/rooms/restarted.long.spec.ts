import { expect, test } from '../../fixtures/rooms';
import { Call } from '../../fixtures/rooms-call';

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

test('successors take over one after the other while the server still runs: the call goes on', async ({ rooms, people, enter }) => {
  const call = await Call.begin(await people(3));
  for (let round = 0; round < 3; round++) {
    expect(await rooms.handOver(), 'an orderly end').toBe(0);
    await call.recovered();
  }
  await call.visitedBy(await enter('Dan'));
  await call.expectUnbroken(2_000, 1);
});
