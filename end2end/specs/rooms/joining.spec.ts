import { expect, test } from '../../fixtures/rooms';
import { camera, chat, expectAllSee, expectAllTalk, expectTogether } from '../../fixtures/rooms-person';
import type { Ticket } from '../../fixtures/rooms-stage';

test('who asks for the same name meets in the same room, and everybody sees everybody', async ({ people }) => {
  const all = await people(3);
  const tickets: Ticket[] = [];
  for (const one of all) tickets.push(await one.join('lobby', { tracks: [camera] }));
  const sid = tickets[0]!.sid;
  expect(sid).toMatch(/^RM[0-9a-f]{32}$/);
  for (const ticket of tickets) expect(ticket).toMatchObject({ sid, name: 'lobby' });
  await expectTogether(all, ['camera']);
  await expectAllSee(all);
});

test('a room is entered by its SID too, and keeps its name', async ({ people }) => {
  const [ada, ben] = await people(2);
  const { sid } = await ada!.join('ward 7');
  expect(await ben!.join(sid)).toMatchObject({ sid, name: 'ward 7' });
  await expectTogether([ada!, ben!], []);
});

test('without a name and without a grant everybody gets a room of their own, named by its SID', async ({ people }) => {
  const [ada, ben, cleo] = await people(3);
  const first = await ada!.join(undefined);
  const second = await ben!.join(undefined);
  expect(first.name).toBe(first.sid);
  expect(second.sid).not.toBe(first.sid);
  expect(await cleo!.join(first.sid)).toMatchObject({ sid: first.sid });
  await expectTogether([ada!, cleo!], []);
  await ben!.expectOthers({});
});

test('without a name the room that the token grants is entered', async ({ rooms, people }) => {
  const [ada, ben] = await people(2);
  const { sid } = await ada!.join('surgery');
  const token = rooms.token({ identity: 'Ben', room: 'surgery' });
  expect(await ben!.join(undefined, { token })).toMatchObject({ sid, name: 'surgery' });
});

test('a token that grants a room opens it by its SID too, and opens no other', async ({ rooms, people }) => {
  const [ada, ben] = await people(2);
  const { sid } = await ada!.join('surgery');
  const token = rooms.token({ identity: 'Ben', room: 'surgery' });
  expect(await ben!.refusal('elsewhere', { token })).toBe(20106);
  expect(await ben!.join(sid, { token })).toMatchObject({ sid });
});

test('an identity may be any text of up to 128 characters, and reaches the others as it is', async ({ rooms, people }) => {
  const [ada, ben] = await people(2);
  await ada!.join('names');
  for (const identity of ['Zoë Müller-Łukasz', '李小龍 🦉', 'patient:4711/a b"c\\', 'x'.repeat(128)]) {
    expect(await ben!.join('names', { token: rooms.token({ identity }) })).toMatchObject({ identity });
    await expect.poll(async () => Object.keys((await ada!.view()).others)).toEqual([identity]);
    await ben!.leave();
    await expect.poll(async () => Object.keys((await ada!.view()).others)).toEqual([]);
  }
  expect(await ben!.refusal('names', { token: rooms.token({ identity: 'x'.repeat(129) }) })).toBe(53201);
});

test('who comes with an identity that is there already takes its place: the older one is put out with 53205', async ({ enter }) => {
  const ada = await enter('Ada');
  await ada.join('lobby', { tracks: [chat] });
  const older = await enter('Ben');
  await older.join('lobby', { tracks: [chat] });
  await expectTogether([ada, older], ['chat']);
  const newer = await enter('Ben');
  await newer.join('lobby', { tracks: [chat] });
  await older.expectTold('disconnected', [{ code: 53205 }]);
  await expectTogether([ada, newer], ['chat']);
  await ada.expectTold('participantConnected', [{ who: 'Ben' }, { who: 'Ben' }]);
  await ada.expectTold('participantDisconnected', [{ who: 'Ben' }]);
  await expectAllTalk([ada, newer]);
});

test('six who join at the same moment all meet', async ({ people }) => {
  const all = await people(6);
  await Promise.all(all.map((one) => one.join('rush', { tracks: [chat] })));
  await expectTogether(all, ['chat']);
  await expectAllTalk(all);
});

test('regions are as users of the SDK expect them: one of Twilio for signalling, none for media that passes no server', async ({ people }) => {
  const [ada] = await people(1);
  const ticket = await ada!.join('lobby');
  expect(ticket.signalingRegion).toMatch(/^[a-z]{2}\d$/);
  expect(ticket.mediaRegion).toBeNull();
  expect(ticket.isRecording).toBe(false);
});

test.describe(() => {
  test.use({ settings: { MAX_PARTICIPANTS: '2' } });

  test('a full room refuses the next with 53105, until somebody leaves', async ({ people }) => {
    const [ada, ben, cleo] = await people(3);
    await ada!.join('small');
    await ben!.join('small');
    expect(await cleo!.refusal('small')).toBe(53105);
    await ben!.leave();
    await ada!.expectOthers({});
    await cleo!.join('small');
    await expectTogether([ada!, cleo!], []);
  });
});
