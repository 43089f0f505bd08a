import { expect, test } from '../../fixtures/rooms';
import { camera, chat, expectAllTalk, expectTogether, microphone, type Person } from '../../fixtures/rooms-person';
import type { Passing } from '../../fixtures/rooms-relay';

test('who leaves is told to the others with the tracks that they had, and these stay in the list', async ({ people }) => {
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  for (const one of [ada, ben, cleo]) await one.join('lobby', { tracks: [camera, microphone, chat] });
  await expectTogether([ada, ben, cleo], ['camera', 'chat', 'microphone']);
  await ada.leave();
  await ada.expectTold('disconnected', [{}]);
  for (const other of [ben, cleo]) {
    await other.expectTold('participantDisconnected', [{ who: 'Ada' }]);
    const gone = await other.page.evaluate(() =>
      window.stage.gone.map(({ identity, state, tracks, videoTracks, audioTracks, dataTracks }) => ({
        identity,
        state,
        tracks: [...tracks.values()].map(({ trackName, isSubscribed }) => [trackName, isSubscribed]).sort(),
        kinds: [videoTracks.size, audioTracks.size, dataTracks.size],
      })),
    );
    const tracks = ['camera', 'chat', 'microphone'].map((name) => [name, false]);
    expect(gone).toEqual([{ identity: 'Ada', state: 'disconnected', tracks, kinds: [1, 1, 1] }]);
    await other.expectTold('trackUnpublished', []);
    await expect(other.picture(ada)).toHaveCount(0);
  }
  await expectAllTalk([ben, cleo]);
});

test('who leaves comes back as somebody new, any number of times', async ({ people }) => {
  const [ada, ben] = (await people(2)) as [Person, Person];
  await ada.join('lobby', { tracks: [chat] });
  const sids = new Set<string>();
  for (let round = 0; round < 5; round++) {
    sids.add((await ben.join('lobby', { tracks: [chat] })).me);
    await expectTogether([ada, ben], ['chat']);
    await expectAllTalk([ada, ben]);
    await ben.leave();
    await ada.expectOthers({});
  }
  expect(sids.size).toBe(5);
});

test('a room ends with its last participant: its name opens a new one', async ({ people }) => {
  const [ada] = (await people(1)) as [Person];
  const first = await ada.join('lobby');
  await ada.leave();
  await ada.expectTold('disconnected', [{}]);
  const second = await ada.join('lobby');
  expect(second.name).toBe('lobby');
  expect(second.sid).not.toBe(first.sid);
});

// A connect that is cancelled: how far it had come when it was, and whether the others may have seen somebody.
const phases: Record<string, { held: (passing: Passing) => boolean; wasIn: boolean }> = {
  'before its hello got through': { held: ({ frame }) => frame.type === 'hello', wasIn: false },
  'before it was welcome': { held: ({ frame }) => frame.type === 'welcome', wasIn: false },
  'before it knew the ICE servers': { held: ({ body }) => body?.type === 'iced', wasIn: false },
  'before its offer got through': { held: ({ body }) => body?.type === 'connect', wasIn: false },
  'before it heard that it was in': { held: ({ body }) => body?.type === 'connected', wasIn: true },
};

for (const [phase, { held, wasIn }] of Object.entries(phases)) {
  test(`connecting can be cancelled ${phase}: nobody stays in the room`, async ({ enter, people, relay }) => {
    const [ada, ben] = (await people(2)) as [Person, Person];
    await ada.join('lobby');
    const cleo = await enter('Cleo', { signalling: relay.address });
    let isHeld = false;
    relay.judge((passing) => {
      isHeld ||= held(passing);
      return isHeld ? 'hold' : 'pass';
    });
    const outcome = cleo.tryToJoin('lobby', { tracks: [chat] });
    await expect.poll(() => isHeld).toBe(true);
    await cleo.page.evaluate(() => void window.stage.attempt!.cancel());
    expect(await outcome).toHaveProperty('refused');
    await ada.expectOthers({});
    await ben.join('lobby');
    await expectTogether([ada, ben], []);
    const seen = await ada.told('participantConnected');
    expect(seen).toEqual(wasIn ? [{ who: 'Cleo' }, { who: 'Ben' }] : [{ who: 'Ben' }]);
    await ada.expectTold('participantDisconnected', wasIn ? [{ who: 'Cleo' }] : []);
  });
}

test('who disconnects at once after connecting is gone for everybody', async ({ people }) => {
  const [ada, ben] = (await people(2)) as [Person, Person];
  await ada.join('lobby', { tracks: [camera] });
  for (let round = 0; round < 5; round++) {
    await ben.page.evaluate(async ({ token, options }) => {
      const room = await window.Twilio.Video.connect(token, { ...options, tracks: [] });
      room.disconnect();
    }, await ben.ticketTo('lobby'));
  }
  const coming = Array.from({ length: 5 }, () => ({ who: 'Ben' }));
  await ada.expectTold('participantConnected', coming);
  await ada.expectTold('participantDisconnected', coming);
  await ada.expectOthers({});
});

test('disconnecting while the line is cut ends the call at once here, and there when its time is up', async ({ enter, people, relay }) => {
  const [ada] = (await people(1)) as [Person];
  await ada.join('lobby', { tracks: [chat] });
  const ben = await enter('Ben', { signalling: relay.address });
  await ben.join('lobby', { tracks: [chat] });
  await expectTogether([ada, ben], ['chat']);
  relay.cut();
  await ben.expectTold('reconnecting', [{ code: 53001 }]);
  await ben.leave();
  await ben.expectTold('disconnected', [{}]);
  expect((await ben.view()).state).toBe('disconnected');
  await ada.expectTold('participantReconnecting', [{ who: 'Ben' }]);
  await ada.expectTold('participantDisconnected', [{ who: 'Ben' }]);
  await ada.expectOthers({});
});

for (const keepAlive of [false, true]) {
  const waits = keepAlive ? 'keeps its socket' : 'comes again with another socket';
  test(`disconnecting while a busy server is waited for, by who ${waits}, ends the call at once, and nobody comes again`, async ({ enter, people, relay }) => {
    const [ada] = (await people(1)) as [Person];
    await ada.join('lobby', { tracks: [chat] });
    const ben = await enter('Ben', { signalling: relay.address });
    await ben.join('lobby', { tracks: [chat] });
    await expectTogether([ada, ben], ['chat']);
    const hellos = (): number => relay.log.filter(({ frame }) => frame.type === 'hello').length;
    const before = hellos();
    const busy = { type: 'busy', retryAfter: 1_000, keepAlive };
    relay.judge(({ frame }) => (frame.type === 'hello' ? { answer: busy } : 'pass'));
    relay.drop();
    await expect.poll(hellos, { message: 'a hello, to which the server is busy' }).toBeGreaterThan(before);
    await ben.leave();
    await ben.expectTold('disconnected', [{}]);
    const then = { hellos: hellos(), opened: relay.opened };
    relay.release();
    // Longer than it was told to wait: the time of somebody who vanished.
    await ada.expectTold('participantDisconnected', [{ who: 'Ben' }]);
    expect({ hellos: hellos(), opened: relay.opened }, 'nobody came again').toEqual(then);
    await ada.expectOthers({});
  });
}
