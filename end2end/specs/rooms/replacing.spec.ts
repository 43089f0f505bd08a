import { expect, test } from '../../fixtures/rooms';
import { camera, type Person } from '../../fixtures/rooms-person';

// The SDK puts another picture into a published track (`RTCRtpSender.replaceTrack`) when a local track is restarted and
// when a processor comes or goes. The others must see the new picture, and nothing else happen.

async function expectOnlyThePictureChanged(other: Person, before: string): Promise<void> {
  await other.expectTold('trackPublished', []);
  await other.expectTold('trackUnpublished', []);
  await other.expectTold('trackUnsubscribed', []);
  expect((await other.view()).others['Ada']?.tracks['camera']?.sid).toBe(before);
}

test('a restarted camera goes on in the same publication', async ({ people }) => {
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  for (const other of [ben, cleo]) await other.join('lobby');
  const joined = await ada.page.evaluate(
    async (args) => {
      const track = await window.Twilio.Video.createLocalVideoTrack({ name: 'camera', width: 320 });
      window.stage.tracks.set('camera', track);
      return window.stage.join(args.token, { ...args.options, tracks: [track] } as never, []);
    },
    await ada.ticketTo('lobby'),
  );
  expect(joined).toHaveProperty('ticket');
  for (const other of [ben, cleo]) await other.expectSees(ada, 'camera', 'blue');
  const before = (await ben.seesOther(ada))!.tracks['camera']!.sid;
  for (const other of [ben, cleo]) await other.forget();
  await ada.page.evaluate(async () => {
    const track = window.stage.tracks.get('camera') as import('twilio-video').LocalVideoTrack;
    const old = track.mediaStreamTrack;
    await track.restart({ width: 640 });
    if (track.mediaStreamTrack === old || old.readyState !== 'ended') throw new Error('it was not restarted');
  });
  for (const other of [ben, cleo]) {
    await other.expectSees(ada, 'camera', 'blue');
    await expectOnlyThePictureChanged(other, before);
  }
});

test('a processor changes the picture that everybody gets, and gives it back', async ({ people }) => {
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  for (const one of [ada, ben, cleo]) await one.join('lobby', { tracks: one === ada ? [camera] : [] });
  for (const other of [ben, cleo]) await other.expectSees(ada, 'camera', 'blue');
  const before = (await ben.seesOther(ada))!.tracks['camera']!.sid;
  for (const other of [ben, cleo]) await other.forget();
  await ada.page.evaluate(() => {
    const track = window.stage.tracks.get('camera') as import('twilio-video').LocalVideoTrack;
    let step = 0;
    const processFrame = (_input: unknown, output: HTMLCanvasElement): void => {
      const pen = output.getContext('2d')!;
      pen.fillStyle = 'rgb(200,40,200)';
      pen.fillRect(0, 0, output.width, output.height);
      pen.fillStyle = 'white';
      pen.fillRect(step++ % 100, output.height - 20, 20, 10);
    };
    track.addProcessor({ processFrame } as never);
  });
  for (const other of [ben, cleo]) await other.expectSees(ada, 'camera', 'magenta');
  await ada.page.evaluate(() => {
    const track = window.stage.tracks.get('camera') as import('twilio-video').LocalVideoTrack;
    track.removeProcessor(track.processor as never);
  });
  for (const other of [ben, cleo]) {
    await other.expectSees(ada, 'camera', 'blue');
    await expectOnlyThePictureChanged(other, before);
  }
});
