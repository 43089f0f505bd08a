import { expect, test } from '../../fixtures/clinic';
import { CarePage, QueuePage } from '../../pages/desk';

test('a colleague’s call is taken over after a question only: it ends, the patient waits, and is met by who took over', async ({ admitted, arrive, clinic }) => {
  test.setTimeout(120_000);
  const { patient, provider, seat, care } = admitted;
  for (const person of [patient, provider]) person.watch.provokesCallingOff();
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);

  const colleague = await arrive('provider');
  colleague.watch.provokesCallingOff();
  const [queue, theirs] = [new QueuePage(colleague.page), new CarePage(colleague.page)];
  await clinic.logIn(colleague.page, 'Okafor');
  await queue.interactive();
  const row = queue.row('with-a-provider', 'Adler');
  await row.getByRole('button', { name: 'Take over' }).click();
  const question = row.getByRole('group', { name: 'Take over from your colleague?' });
  await expect(question).toContainText('They are together in a call.');
  await question.getByRole('button', { name: 'Leave it' }).click();
  await care.expectSees('Patient', patient.colour);
  await expect(care.remote('Patient'), 'nothing has happened').toBeVisible();

  await row.getByRole('button', { name: 'Take over' }).click();
  await question.getByRole('button', { name: 'Take over' }).click();
  await seat.expectWaiting();
  await seat.expectCameraOff();
  await care.expectStage('waiting');
  await expect(provider.page.getByRole('button', { name: 'Take over' }), 'it is not theirs any more').toBeVisible();
  await queue.admit('Adler');
  await theirs.interactive();
  await seat.startNow.click();
  await theirs.expectSees('Patient', patient.colour);

  // On the visit's own page it is asked as well.
  await care.press('Take over');
  await provider.page.getByRole('group', { name: 'Take over from your colleague?' }).getByRole('button', { name: 'Take over' }).click();
  await seat.expectWaiting();
  await care.expectStage('waiting');
  await expect(provider.page.getByRole('button', { name: 'Admit' })).toBeVisible();
});

test('who is handed over out of a call is announced to the colleague, and to nobody who did it', async ({ admitted, arrive, clinic }) => {
  test.setTimeout(120_000);
  const { patient, provider, seat, care } = admitted;
  for (const person of [patient, provider]) person.watch.provokesCallingOff();
  const colleague = await arrive('provider');
  const queue = new QueuePage(colleague.page);
  await clinic.logIn(colleague.page, 'Okafor');
  await queue.interactive();
  await expect(queue.row('with-a-provider', 'Adler')).toBeVisible();
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);
  await care.handOver(clinic.person('Okafor').name);
  await expect(queue.row('waiting', 'Adler')).toBeVisible();
  await expect(colleague.page.getByText('Henry Adler is ready and waits.')).toBeAttached();
  await seat.expectWaiting();
});
