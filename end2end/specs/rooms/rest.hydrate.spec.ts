import { expect, test as base } from '@playwright/test';
import { Hook } from '../../fixtures/hook';
import { until } from '../../fixtures/poll';
import { RoomHost } from '../../fixtures/room-host';
import { credentials } from '../../fixtures/room-server';

// Twilio's own Node helper against `owl rooms`. No browser: these run once, in the project that comes first.

const key = 'the key of the callbacks';

const test = base.extend<{ host: RoomHost }>({
  host: async ({}, use) => {
    const host = await RoomHost.start({ STATUS_CALLBACK_KEY: key });
    await use(host);
    await host.dispose();
  },
});

const camera = { id: 'camera', kind: 'video', name: 'camera', enabled: true, priority: 'standard' };
const voice = { id: 'voice', kind: 'audio', name: 'voice', enabled: false, priority: 'standard' };

test('rooms are made, fetched and listed', async ({ host }) => {
  const { rooms } = host.twilio().video.v1;
  const started = Date.now();
  const room = await rooms.create({
    uniqueName: 'visit 1/ü',
    type: 'peer-to-peer',
    maxParticipants: 4,
    maxParticipantDuration: 7200,
    emptyRoomTimeout: 2,
    unusedRoomTimeout: 3,
    statusCallback: 'http://127.0.0.1:9/hook',
    statusCallbackMethod: 'GET',
  });
  expect(room).toMatchObject({
    accountSid: credentials.accountSid,
    uniqueName: 'visit 1/ü',
    status: 'in-progress',
    type: 'peer-to-peer',
    maxParticipants: 4,
    maxParticipantDuration: 7200,
    emptyRoomTimeout: 2,
    unusedRoomTimeout: 3,
    statusCallback: 'http://127.0.0.1:9/hook',
    statusCallbackMethod: 'GET',
    enableTurn: true,
    recordParticipantsOnConnect: false,
    mediaRegion: null,
    endTime: null,
    duration: 0,
  });
  expect(room.sid).toMatch(/^RM[0-9a-f]{32}$/);
  expect(room.url).toBe(`${host.origin}/v1/Rooms/${room.sid}`);
  expect(Math.abs(room.dateCreated.getTime() - started)).toBeLessThan(5000);
  expect((await rooms(encodeURIComponent('visit 1/ü')).fetch()).sid).toBe(room.sid);
  expect((await rooms(room.sid).fetch()).uniqueName).toBe('visit 1/ü');
  expect(await rooms.create()).toMatchObject({ type: 'group', maxParticipants: 10, maxParticipantDuration: 14_400, emptyRoomTimeout: 5, unusedRoomTimeout: 5 });
  expect(await rooms.create({ type: 'go' })).toMatchObject({ type: 'go', maxParticipants: 2 });
});

test('a long list comes page by page, and filtered', async ({ host }) => {
  const { rooms } = host.twilio().video.v1;
  const sids = new Set<string>();
  for (let n = 0; n < 5; n += 1) sids.add((await rooms.create({ uniqueName: `room ${n}` })).sid);
  expect(new Set((await rooms.list({ pageSize: 2 })).map((room) => room.sid))).toEqual(sids);
  expect(await rooms.list({ pageSize: 2, limit: 3 })).toHaveLength(3);
  const first = await rooms.page({ pageSize: 2 });
  expect(first.instances).toHaveLength(2);
  const second = await first.nextPage();
  const before = await second?.previousPage();
  expect(before?.instances.map((room) => room.sid)).toEqual(first.instances.map((room) => room.sid));
  expect((await rooms.list({ uniqueName: 'room 3' })).map((room) => room.uniqueName)).toEqual(['room 3']);
  expect(await rooms.list({ status: 'completed' })).toEqual([]);
  const tomorrow = new Date(Date.now() + 86_400_000);
  expect(await rooms.list({ dateCreatedAfter: tomorrow })).toEqual([]);
  expect(await rooms.list({ dateCreatedBefore: tomorrow })).toHaveLength(5);
});

test('a room is completed once, and then found by its SID only', async ({ host }) => {
  const { rooms } = host.twilio().video.v1;
  const { sid } = await rooms.create({ uniqueName: 'visit' });
  const ada = await host.enter('Ada', 'visit');
  const over = await rooms('visit').update({ status: 'completed' });
  expect(over).toMatchObject({ sid, status: 'completed' });
  expect(over.endTime).toBeInstanceOf(Date);
  expect(await ada.until('disconnected')).toMatchObject({ status: 'completed' });
  expect(await rooms(sid).fetch()).toMatchObject({ status: 'completed', uniqueName: 'visit' });
  expect((await rooms.list({ status: 'completed' })).map((room) => room.sid)).toEqual([sid]);
  await expect(rooms('visit').fetch()).rejects.toMatchObject({ status: 404, code: 20_404 });
  await expect(rooms(sid).update({ status: 'completed' })).rejects.toMatchObject({ status: 400, code: 53_112 });
  const [left] = await rooms(sid).participants.list();
  expect(left).toMatchObject({ identity: 'Ada', status: 'disconnected', roomSid: sid });
  expect((await rooms.create({ uniqueName: 'visit' })).sid).not.toBe(sid);
});

test('participants and their tracks are listed, and put out', async ({ host }) => {
  const { rooms } = host.twilio().video.v1;
  const { sid } = await rooms.create({ uniqueName: 'visit' });
  const ada = await host.enter('Ada', 'visit', [camera, voice]);
  const ben = await host.enter('Ben', 'visit');
  const { participants } = rooms('visit');
  expect((await participants.list()).map((who) => [who.identity, who.sid, who.status])).toEqual(
    expect.arrayContaining([
      ['Ada', ada.sid, 'connected'],
      ['Ben', ben.sid, 'connected'],
    ]),
  );
  expect((await participants.list({ identity: 'Ben' })).map((who) => who.sid)).toEqual([ben.sid]);
  expect((await participants.list({ status: 'disconnected' })).length).toBe(0);
  const fetched = await participants('Ada').fetch();
  expect(fetched).toMatchObject({ sid: ada.sid, roomSid: sid, accountSid: credentials.accountSid, endTime: null });
  expect(fetched.startTime).toBeInstanceOf(Date);

  const published = await participants(ada.sid).publishedTracks.list();
  expect(published.map(({ name, kind, enabled }) => [name, kind, enabled]).sort()).toEqual([
    ['camera', 'video', true],
    ['voice', 'audio', false],
  ]);
  const [track] = published;
  expect(track).toMatchObject({ roomSid: sid, participantSid: ada.sid });
  expect(await participants(ada.sid).publishedTracks(track!.sid).fetch()).toMatchObject({ sid: track!.sid });
  const subscribed = await participants(ben.sid).subscribedTracks.list();
  expect(subscribed.map((one) => [one.name, one.publisherSid, one.participantSid]).sort()).toEqual([
    ['camera', ada.sid, ben.sid],
    ['voice', ada.sid, ben.sid],
  ]);

  const out = await participants(ben.sid).update({ status: 'disconnected' });
  expect(out).toMatchObject({ sid: ben.sid, status: 'disconnected' });
  expect(out.endTime).toBeInstanceOf(Date);
  expect(await ben.until('disconnected')).toMatchObject({ status: 'disconnected' });
  expect((await participants.list()).map((who) => who.identity)).toEqual(['Ada']);
  expect((await participants.list({ status: 'disconnected' })).map((who) => who.sid)).toEqual([ben.sid]);
  expect((await participants('Ben').update({ status: 'disconnected' })).status).toBe('disconnected');
  ada.leave();
  await until('Ada has left', async () => ((await participants.list()).length === 0 ? true : undefined));
  expect((await rooms(sid).fetch()).status, 'it waits for others').toBe('in-progress');
});

test("errors are Twilio's", async ({ host }) => {
  const { rooms } = host.twilio().video.v1;
  await rooms.create({ uniqueName: 'visit' });
  const failing: [() => Promise<unknown>, number, number][] = [
    [() => rooms.create({ uniqueName: 'visit' }), 400, 53_113],
    [() => rooms.create({ uniqueName: 'n'.repeat(129) }), 400, 53_101],
    [() => rooms.create({ type: 'large' as 'group' }), 400, 53_108],
    [() => rooms.create({ maxParticipants: 11 }), 400, 53_107],
    [() => rooms.create({ emptyRoomTimeout: 61 }), 400, 53_109],
    [() => rooms.create({ maxParticipantDuration: 60 }), 400, 53_123],
    [() => rooms.create({ statusCallback: 'nowhere' }), 400, 53_111],
    [() => rooms.create({ statusCallback: 'https://hooks.example', statusCallbackMethod: 'PUT' }), 400, 53_110],
    [() => rooms.create({ recordParticipantsOnConnect: true }), 400, 53_114],
    [() => rooms('visit').update({ status: 'failed' }), 400, 53_112],
    [() => rooms('nowhere').fetch(), 404, 20_404],
    [() => rooms('nowhere').participants.list(), 404, 20_404],
    [() => rooms('visit').participants('nobody').fetch(), 404, 20_404],
    [() => rooms('visit').participants('nobody').update({ status: 'disconnected' }), 404, 20_404],
    [() => rooms('visit').participants('nobody').publishedTracks.list(), 404, 20_404],
    [() => host.twilio('wrong').video.v1.rooms.list(), 401, 20_003],
  ];
  for (const [ask, status, code] of failing) {
    await expect(ask()).rejects.toMatchObject({ status, code, moreInfo: `https://www.twilio.com/docs/errors/${code}` });
  }
});

test('a room that waits for somebody outlives the process', async ({ host }) => {
  const { rooms } = host.twilio().video.v1;
  const { sid } = await rooms.create({ uniqueName: 'visit', type: 'go', unusedRoomTimeout: 60 });
  await host.kill();
  await host.run();
  expect(await rooms('visit').fetch()).toMatchObject({ sid, status: 'in-progress', type: 'go', maxParticipants: 2, unusedRoomTimeout: 60 });
  await host.enter('Ada', 'visit');
  expect((await rooms(sid).participants.list()).map((who) => who.identity)).toEqual(['Ada']);
});

for (const method of ['POST', 'GET']) {
  test(`status callbacks by ${method} are signed, in order, and tried again`, async ({ host }) => {
    const hook = await Hook.open(key, [500, 204, 503]);
    const { rooms } = host.twilio().video.v1;
    const { sid } = await rooms.create({ uniqueName: 'Visit & ü', statusCallback: hook.url, statusCallbackMethod: method });
    const ada = await host.enter('Ada', 'Visit & ü', [camera]);
    ada.publish(2, [{ ...camera, enabled: false }, voice]);
    await hook.until('track-disabled');
    ada.leave();
    await hook.until('participant-disconnected');
    await rooms(sid).update({ status: 'completed' });
    await hook.until('room-ended');
    expect(hook.story).toEqual([
      'room-created 500',
      'room-created 204',
      'participant-connected 503',
      'participant-connected 204',
      'track-added 204',
      'track-disabled 204',
      'track-added 204',
      'track-removed 204',
      'track-removed 204',
      'participant-disconnected 204',
      'room-ended 204',
    ]);
    expect(hook.told.every((told) => told.method === method)).toBe(true);
    const [created] = hook.told;
    expect(created?.parameters).toMatchObject({ RoomSid: sid, RoomName: 'Visit & ü', RoomStatus: 'in-progress', RoomType: 'group', AccountSid: credentials.accountSid });
    const left = hook.told.at(-2)?.parameters;
    expect(left).toMatchObject({ ParticipantSid: ada.sid, ParticipantIdentity: 'Ada', ParticipantStatus: 'disconnected' });
    expect(Number(left?.['ParticipantDuration'])).toBeLessThan(60);
    expect(hook.told.at(-1)?.parameters).toMatchObject({ RoomStatus: 'completed', RoomDuration: expect.stringMatching(/^\d+$/) });
    const delivered = hook.told.filter((told) => told.answered === 204).map((told) => Number(told.parameters['SequenceNumber']));
    expect(delivered).toEqual(delivered.map((_, n) => n));
    await hook.close();
  });
}
