import { expect, test } from '../../fixtures';
import { expectConversation } from '../../fixtures/journeys';
import type { Participant } from '../../fixtures/participant';

const asks = (participant: Participant) => participant.page.evaluate(() => (window as unknown as { __asked: number }).__asked);

test('invariant 9, bug 18: who refuses camera and microphone is told how to allow them, and can join without', async ({ arrive, provider }) => {
  await provider.open();
  await provider.joinRoom();
  const patient = await arrive('patient', { devices: 'deny' });
  await patient.context.addInitScript(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    Object.assign(window, { __asked: 0 });
    navigator.mediaDevices.getUserMedia = (constraints) => ((window as unknown as { __asked: number }).__asked++, ask(constraints));
  });
  await patient.open();
  await patient.join.click();
  const alert = await patient.expectFailure('denied');
  await expect(alert).toContainText(/allow/i);
  await patient.expectUsableAgain({ camera: 'never on' });
  await expect(patient.page.getByRole('button', { name: 'Join with sound only' })).toBeVisible();

  const before = await asks(patient);
  await patient.page.getByRole('button', { name: 'Join without camera or microphone' }).click();
  await patient.expectInRoom();
  await expect(alert).toBeHidden();
  expect(await asks(patient), 'not asked again').toBe(before);
  await patient.expectSees('Provider', provider.colour);
  await expect(provider.remote('Patient')).toBeVisible();
});

test('bug 19: who has no camera is told so, and can join with sound only', async ({ arrive, provider }) => {
  await provider.open();
  await provider.joinRoom();
  const patient = await arrive('patient', { devices: 'no-camera' });
  await patient.open();
  await patient.join.click();
  await patient.expectFailure('no-device');
  await patient.expectUsableAgain({ camera: 'never on' });

  await patient.page.getByRole('button', { name: 'Join with sound only' }).click();
  await patient.expectInRoom();
  await provider.expectHears('Patient', patient.colour);
  await patient.expectSees('Provider', provider.colour);
  await patient.leaveRoom();
  await patient.expectCameraOff();
});

test('who has neither camera nor microphone can still watch and listen', async ({ patient, provider }) => {
  await patient.context.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Requested device not found', 'NotFoundError'));
  });
  await provider.open();
  await provider.joinRoom();
  await patient.open();
  await patient.join.click();
  await patient.expectFailure('no-device');
  await patient.expectUsableAgain({ camera: 'never on' });
  await patient.page.getByRole('button', { name: 'Join without camera or microphone' }).click();
  await patient.expectInRoom();
  await patient.expectSees('Provider', provider.colour);
  await patient.expectHears('Provider', provider.colour);
});

test('a camera that another program holds is told as such, and the next try works', async ({ patient, provider }) => {
  // What the browser then says cannot be caused by a flag.
  await patient.context.addInitScript(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    let busy = true;
    navigator.mediaDevices.getUserMedia = (constraints) => {
      const first = busy;
      busy = false;
      return first ? Promise.reject(new DOMException('Could not start video source', 'NotReadableError')) : ask(constraints);
    };
  });
  await provider.open();
  await provider.joinRoom();
  await patient.open();
  await patient.join.click();
  await patient.expectFailure('in-use');
  await patient.expectUsableAgain({ camera: 'never on' });

  await patient.joinAgain();
  await expectConversation(patient, provider);
});
