import { expect, test } from '../../fixtures';
import type { Hooked } from '../../fixtures/hooks';
import { expectConversation, meet } from '../../fixtures/journeys';
import type { VisitPage } from '../../pages/visit';

/// What the page is told when somebody pulls the plug. A page that stops a track itself is told nothing.
async function unplug({ page }: VisitPage, kind: 'audio' | 'video'): Promise<void> {
  await page.evaluate((kind) => {
    const live = (window as unknown as { __owl: Hooked }).__owl.tracks.filter((track) => track.kind === kind && track.readyState === 'live');
    for (const track of live) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  }, kind);
}

/// From the second time on the browser answers when the test says so; before, it takes what the first question got.
async function holdAnswers({ page, context }: { page: VisitPage['page']; context: import('@playwright/test').BrowserContext }): Promise<{
  answer: (how: 'yes' | 'no-device') => Promise<void>;
}> {
  await context.addInitScript(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    let first = true;
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      if (!first) {
        const answer = await new Promise<string>((answer) => Object.assign(window, { __answer: answer }));
        Object.assign(window, { __answer: undefined });
        if (answer !== 'yes') throw new DOMException('Requested device not found', 'NotFoundError');
      }
      first = false;
      return ask(constraints);
    };
  });
  return {
    answer: async (how) => {
      await page.waitForFunction(() => (window as unknown as { __answer?: unknown }).__answer);
      await page.evaluate((how) => (window as unknown as { __answer(how: string): void }).__answer(how), how);
    },
  };
}

const button = ({ page }: VisitPage, name: string) => page.getByRole('button', { name, exact: true });

test('invariant 9: a camera that is unplugged in a call is told, the call goes on, and a press brings it back', async ({ patient, provider }) => {
  await meet(patient, provider);
  await unplug(patient, 'video');
  const notice = await patient.expectFailure('device');
  await expect(notice.getByRole('heading')).toHaveText('Your camera has stopped');
  await expect(notice).toContainText('plug it in again');
  await expect(patient.ownPicture, 'no frozen picture of oneself').toBeHidden();
  await expect(button(patient, 'Stop camera'), 'what is off cannot be stopped').toHaveCount(0);
  await patient.expectPhase('in-room');
  await provider.expectHears('Patient', patient.colour);

  await button(patient, 'Turn on camera').click();
  await expect(notice).toBeHidden();
  await expect(button(patient, 'Stop camera')).toBeVisible();
  await expect(patient.ownPicture).toBeVisible();
  await expectConversation(patient, provider);
  await patient.leaveRoom();
  await patient.expectCameraOff();
});

test('a microphone that cannot be found again is told as such; plugged in, it is heard', async ({ patient, provider }) => {
  patient.watch.provokes(/Failed to re-acquire the MediaStreamTrack/);
  const browser = await holdAnswers(patient);
  await meet(patient, provider);
  await button(patient, 'Mute').click();
  await unplug(patient, 'audio');
  const notice = await patient.expectFailure('device');
  await expect(notice.getByRole('heading')).toHaveText('Your microphone has stopped');
  await expect(button(patient, 'Unmute'), 'a press on it would do nothing').toHaveCount(0);

  await button(patient, 'Turn on microphone').click();
  await expect(notice, 'the browser is being asked').toBeHidden();
  await browser.answer('no-device');
  await expect(await patient.expectFailure('device')).toContainText('still cannot find it');

  await button(patient, 'Turn on microphone').click();
  await browser.answer('yes');
  await expect(button(patient, 'Mute')).toBeVisible();
  await provider.expectHears('Patient', patient.colour);
  await provider.expectSees('Patient', patient.colour);
});

test('a phone call that takes the microphone is told when it lasts, and taken back when it ends', async ({ patient }) => {
  await patient.open();
  await patient.joinRoom();
  const say = (event: string) =>
    patient.page.evaluate((event) => {
      for (const track of (window as unknown as { __owl: Hooked }).__owl.tracks) {
        if (track.kind === 'audio') track.dispatchEvent(new Event(event));
      }
    }, event);
  await say('mute');
  const notice = await patient.expectFailure('device');
  await expect(notice).toContainText('A phone call or another program may be using it');
  await patient.expectWaiting();
  await say('unmute');
  await expect(notice).toBeHidden();
  await expect(button(patient, 'Mute')).toBeVisible();
});

test('invariant 5: who leaves while the browser looks for the camera finds it off', async ({ patient }) => {
  const browser = await holdAnswers(patient);
  await patient.open();
  await patient.joinRoom();
  await unplug(patient, 'video');
  await button(patient, 'Turn on camera').click();
  await patient.leaveRoom();
  const tracks = () => patient.page.evaluate(() => (window as unknown as { __owl: Hooked }).__owl.tracks.length);
  const before = await tracks();
  await browser.answer('yes');
  await expect.poll(tracks, { message: 'the camera came' }).toBeGreaterThan(before);
  await patient.expectCameraOff();
});
