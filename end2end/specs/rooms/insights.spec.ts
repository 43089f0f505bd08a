import { expect, test } from '../../fixtures/rooms';
import { chat, expectAllTalk, expectTogether } from '../../fixtures/rooms-person';

test('insights that are sent here are taken and dropped, and calls go as without', async ({ people, rooms }) => {
  const everybody = await people(2);
  const sent: string[] = [];
  const answers: string[] = [];
  let closed = 0;
  for (const one of everybody) {
    one.page.on('websocket', (socket) => {
      if (socket.url() !== rooms.insights) return;
      socket.on('framesent', ({ payload }) => sent.push(JSON.parse(payload.toString()).type));
      socket.on('framereceived', ({ payload }) => answers.push(JSON.parse(payload.toString()).type));
      socket.on('close', () => closed++);
    });
    await one.join('lobby', { tracks: [chat], insights: true, wsServerInsights: rooms.insights });
  }
  await expectTogether(everybody, ['chat']);
  await expectAllTalk(everybody);
  await expect.poll(() => sent.filter((type) => type === 'event').length, { message: 'events' }).toBeGreaterThan(10);
  expect(sent.filter((type) => type === 'connect')).toHaveLength(2);
  expect(answers, 'nothing but the two answers').toEqual(['connected', 'connected']);
  expect(closed).toBe(0);
  for (const one of everybody) await one.leave();
  await expect.poll(() => closed, { message: 'sockets closed with the call' }).toBe(2);
});
