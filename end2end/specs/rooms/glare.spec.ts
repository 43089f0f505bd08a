import { test } from '../../fixtures/rooms';
import { camera, chat, expectAllSee, expectAllTalk, expectTogether } from '../../fixtures/rooms-person';

test('all publish and unpublish at the same moments, many times, and everybody gets everything', async ({ people }) => {
  test.setTimeout(120_000);
  const everybody = await people(3);
  for (const one of everybody) await one.join('lobby', { tracks: [camera, chat] });
  await expectAllTalk(everybody);
  for (let round = 0; round < 10; round++) {
    const kind = round % 2 === 0 ? 'video' : 'audio';
    await Promise.all(everybody.map((one) => one.publish({ kind, name: `extra ${round}` })));
    await expectTogether(everybody, ['camera', 'chat', `extra ${round}`]);
    // Where all come and go at once, no offer finds the other side quiet.
    await Promise.all(
      everybody.map((one) =>
        one.page.evaluate(async (round) => {
          const coming = window.stage.publish({ kind: 'video', name: `swap ${round}` });
          window.stage.unpublish(`extra ${round}`);
          await coming;
          window.stage.unpublish(`swap ${round}`);
        }, round),
      ),
    );
    await expectTogether(everybody, ['camera', 'chat']);
  }
  await expectAllSee(everybody);
  await expectAllTalk(everybody);
  await Promise.all(everybody.map((one) => one.publish({ kind: 'video', name: 'last' })));
  await expectAllSee(everybody, 'last');
  for (const one of everybody) {
    await one.expectTold('disconnected', []);
    await one.expectTold('reconnecting', []);
  }
});
