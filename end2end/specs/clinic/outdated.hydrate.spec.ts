import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Clinic, expect, quietClinic, test } from '../../fixtures/clinic';
import { serverPath } from '../../fixtures/server';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';
import type { Page } from '@playwright/test';

/// What a page has of its own until it is made anew.
const mark = (page: Page): Promise<void> => page.evaluate(() => void Object.assign(window, { __old: true }));
const isOld = (page: Page): Promise<boolean> => page.evaluate(() => '__old' in window);
const madeAnew = (page: Page): Promise<unknown> => page.waitForFunction(() => !('__old' in window));

test('a page that is older than the server makes itself anew, but not in a call', async ({ arrive, startServer }) => {
  test.setTimeout(120_000);
  // A program of our own, beside which the names of its pages' files lie: with other names it is another build.
  const place = mkdtempSync(join(tmpdir(), 'owl-build-'));
  const [program, names] = [join(place, 'owl'), join(place, 'hash.txt')];
  copyFileSync(serverPath(), program);
  copyFileSync(join(dirname(serverPath()), 'hash.txt'), names);
  const server = await startServer({ program, before: quietClinic });
  const becomesNewer = async (): Promise<void> => {
    await server.kill();
    appendFileSync(names, '\n');
    await server.run();
  };

  const clinic = new Clinic(server);
  const [patient, provider] = [await arrive('patient', { origin: server.origin }), await arrive('provider', { origin: server.origin })];
  for (const person of [patient, provider]) person.watch.provokesNetworkTrouble();
  const [seat, queue, care] = [new SeatPage(patient.page), new QueuePage(provider.page), new CarePage(provider.page)];
  await clinic.logIn(provider.page, 'Lindqvist');
  await queue.interactive();
  await clinic.comeToWait(seat, 'Adler', server.origin);
  await expect(queue.row('waiting', 'Adler')).toBeVisible();

  for (const { page } of [patient, provider]) await mark(page);
  await becomesNewer();
  await madeAnew(patient.page);
  await madeAnew(provider.page);
  await seat.interactive();
  await seat.expectWaiting();
  await queue.interactive();

  await queue.admit('Adler');
  await care.interactive();
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);
  for (const { page } of [patient, provider]) await mark(page);
  await becomesNewer();
  await care.expectSees('Patient', patient.colour);
  await seat.expectSees('Provider', provider.colour);
  // What is said through the stream arrives again: so the build, which comes first, was heard.
  await provider.page.getByRole('button', { name: 'Step out' }).click();
  await seat.expectStage('stepped-out');
  await madeAnew(provider.page);
  expect(await isOld(patient.page), 'the patient is still in the visit').toBe(true);
  rmSync(place, { recursive: true });
});
