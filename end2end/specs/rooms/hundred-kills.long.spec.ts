import { expect, test } from '../../fixtures/rooms';
import { Call } from '../../fixtures/rooms-call';

const KILLS = 100;

test.use({ settings: { SESSION_TIMEOUT: '30s' } });

function percentile(sorted: number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1]!;
}

test(`the server is killed ${KILLS} times in one call: nobody leaves, media never stop, all are back within a second (p95)`, async ({ rooms, people, enter }) => {
  test.setTimeout(KILLS * 6_000);
  const call = await Call.begin(await people(3));
  const newcomer = await enter('Dan');
  let visits = 0;
  const times: number[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    // Away for anything up to a second: the rest of it is what the next process needs until it listens.
    const { gone, back } = await rooms.restart('kill', (kill * 37) % 900);
    const recovered = await call.recovered();
    if (back - gone <= 1_000) times.push(...recovered.map((time) => Math.max(0, time - back)));
    if (kill % 25 === 0) {
      await call.visitedBy(newcomer);
      visits++;
    }
  }
  const sorted = times.toSorted((a, b) => a - b);
  const [p50, p95, worst] = [percentile(sorted, 0.5), percentile(sorted, 0.95), sorted.at(-1)!].map(Math.round);
  const counted = times.length / 3;
  console.log(`${KILLS} kills, ${counted} of them for at most 1 s; all three back after: p50 ${p50} ms, p95 ${p95} ms, at most ${worst} ms`);
  await call.expectUnbroken(2_000, visits);
  expect(counted, 'kills that count').toBeGreaterThan(KILLS / 2);
  expect(p95).toBeLessThan(1_000);
});
