import { expect, test } from '../../fixtures/rooms';
import { Call } from '../../fixtures/rooms-call';

const EVERY = 30_000;
const RESTARTS = 10;

test.use({ settings: { SESSION_TIMEOUT: '30s' } });

test('a rolling restart every 30 s for five minutes loses no call', async ({ rooms, people, enter }) => {
  test.setTimeout(EVERY * RESTARTS + 120_000);
  const call = await Call.begin(await people(3));
  const newcomer = await enter('Dan');
  const tact = rooms.every(EVERY);
  for (let restart = 0; restart < RESTARTS; restart++) {
    await tact();
    if (restart % 2 === 0) expect(await rooms.handOver(), 'an orderly end').toBe(0);
    else await rooms.restart('stop', 0);
    await call.recovered();
    await call.visitedBy(newcomer);
  }
  await call.expectUnbroken(2_000, RESTARTS);
});
