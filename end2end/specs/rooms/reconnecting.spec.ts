import { expect, test as base } from '../../fixtures/rooms';
import { camera, chat, expectAllSee, expectAllTalk, expectTogether, microphone, Person } from '../../fixtures/rooms-person';

// Ada is behind a line that can be cut; Ben and Cleo are not.
const test = base.extend<{ trio: [Person, Person, Person] }>({
  trio: async ({ enter, relay }, use) => {
    const ada = await enter('Ada', { signalling: relay.address });
    const trio: [Person, Person, Person] = [ada, await enter('Ben'), await enter('Cleo')];
    for (const one of trio) await one.join('lobby', { tracks: [camera, chat] });
    await expectTogether(trio, ['camera', 'chat']);
    await expectAllTalk(trio);
    for (const one of trio) await one.forget(); // of the SDK's `reconnected` at the first connect, too
    await use(trio);
  },
});

// Enough for a busy machine; a test that is about the end says so.
test.use({ settings: { SESSION_TIMEOUT: '30s', GONE_TIMEOUT: '30s' } });

const lost = [{ code: 53001 }];

async function expectBack(ada: Person, others: Person[], times = 1): Promise<void> {
  const each = <T>(one: T): T[] => Array.from({ length: times }, () => one);
  await ada.expectTold('reconnecting', each({ code: 53001 }));
  await ada.expectTold('reconnected', each({}));
  await ada.expectTold('me: reconnecting', each({}));
  await ada.expectTold('me: reconnected', each({}));
  for (const other of others) {
    await other.expectTold('participantReconnecting', each({ who: 'Ada' }));
    await other.expectTold('participantReconnected', each({ who: 'Ada' }));
    await other.expectTold('participantDisconnected', []);
    await other.expectTold('reconnecting', []);
  }
  await ada.expectTold('disconnected', []);
}

test('a socket that drops is replaced: both sides are told, media and data go on all the while', async ({ trio, relay }) => {
  const [ada, ben, cleo] = trio;
  await expectAllSee(trio);
  for (const one of trio) await one.tick('chat');
  for (const one of trio) await one.watchGaps();
  for (let round = 1; round <= 3; round++) {
    relay.drop();
    await expectBack(ada, [ben, cleo], round);
  }
  for (const one of trio) {
    const gaps = await one.gaps();
    expect(Object.keys(gaps)).toHaveLength(4);
    // Less than two seconds even on a machine that is busy with ten other things; a new connection would take a cut picture.
    for (const [source, gap] of Object.entries(gaps)) expect(gap, `${source} at ${one.name}`).toBeLessThan(2_000);
    await one.expectTold('trackUnsubscribed', []);
  }
  await expectTogether(trio, ['camera', 'chat']);
});

test('what the lost one publishes, changes and removes in the gap is there for the others afterwards', async ({ trio, relay }) => {
  const [ada, ben, cleo] = trio;
  relay.cut();
  await ada.expectTold('reconnecting', lost);
  const published = ada.publish(microphone);
  await ada.unpublish('chat');
  await ada.page.evaluate(() => (window.stage.tracks.get('camera') as { disable(): unknown }).disable());
  await ben.expectTold('participantReconnecting', [{ who: 'Ada' }]);
  relay.mend();
  await published;
  await expectBack(ada, [ben, cleo]);
  for (const other of [ben, cleo]) {
    await other.expectOthers({ Ada: ['camera', 'microphone'], [other === ben ? 'Cleo' : 'Ben']: ['camera', 'chat'] });
    await other.expectTold('trackDisabled', [{ who: 'Ada', track: 'camera' }]);
    await other.expectTold('trackUnpublished', [{ who: 'Ada', track: 'chat' }]);
    await other.expectHears(ada);
  }
});

test('what the others publish, change and remove in the gap is there for the lost one afterwards', async ({ trio, relay }) => {
  const [ada, ben, cleo] = trio;
  relay.cut();
  await ada.expectTold('reconnecting', lost);
  await ben.expectTold('participantReconnecting', [{ who: 'Ada' }]);
  await ben.publish({ kind: 'video', name: 'screen' });
  await cleo.unpublish('camera');
  await cleo.page.evaluate(() => window.stage.room!.localParticipant.dataTracks.forEach((publication) => publication.setPriority('high')));
  await ben.expectTold('trackUnpublished', [{ who: 'Cleo', track: 'camera' }]);
  relay.mend();
  await expectBack(ada, [ben, cleo]);
  await ada.expectOthers({ Ben: ['camera', 'chat', 'screen'], Cleo: ['chat'] });
  await ada.expectSees(ben, 'screen');
  expect((await ada.seesOther(cleo))?.tracks['chat']?.priority).toBe('high');
  await expectAllTalk(trio);
});

test('who comes and goes in the gap is seen to have come and gone', async ({ trio, relay, enter }) => {
  const [ada, ben, cleo] = trio;
  relay.cut();
  await ada.expectTold('reconnecting', lost);
  await cleo.leave();
  const dan = await enter('Dan');
  await dan.join('lobby', { tracks: [camera, chat] });
  const eve = await enter('Eve');
  await eve.join('lobby');
  await eve.leave();
  await ben.expectTold('participantDisconnected', [{ who: 'Cleo' }, { who: 'Eve' }]);
  relay.mend();
  await ada.expectTold('reconnected', [{}]);
  await ada.expectTold('participantDisconnected', [{ who: 'Cleo' }]);
  await ada.expectTold('participantConnected', [{ who: 'Dan' }]);
  await expectTogether([ada, ben, dan], ['camera', 'chat']);
  await expectAllSee([ada, ben, dan]);
  await expectAllTalk([ada, ben, dan]);
});

test('both ends of a pair are lost at the same time and publish in the gap: everything arrives', async ({ enter, relay }) => {
  const pair = [await enter('Ada', { signalling: relay.address }), await enter('Ben', { signalling: relay.address })] as const;
  const cleo = await enter('Cleo');
  const trio = [...pair, cleo];
  for (const one of trio) await one.join('lobby', { tracks: [camera, chat] });
  await expectTogether(trio, ['camera', 'chat']);
  await expectAllTalk(trio);
  relay.cut();
  for (const one of pair) await one.expectTold('reconnecting', lost);
  const published = pair.map((one) => one.publish({ kind: 'video', name: 'screen' }));
  relay.mend();
  await Promise.all(published);
  await cleo.publish({ kind: 'video', name: 'screen' });
  await expectTogether(trio, ['camera', 'chat', 'screen']);
  await expectAllSee(trio, 'screen');
  await expectAllTalk(trio);
});

test.describe(() => {
  test.use({ settings: { SESSION_TIMEOUT: '30s' } });

  test('a line that is dead without a word for longer than pairs live is taken up again: everybody is together', async ({ trio, relay }) => {
    test.setTimeout(90_000);
    const [ada, ben, cleo] = trio;
    relay.cutUnnoticed();
    await ada.expectTold('reconnecting', lost);
    await ben.expectTold('participantReconnecting', [{ who: 'Ada' }]);
    relay.mend();
    await expectBack(ada, [ben, cleo]);
    await expectTogether(trio, ['camera', 'chat']);
    await expectAllSee(trio);
    await expectAllTalk(trio);
  });
});

test.describe(() => {
  test.use({ settings: { SESSION_TIMEOUT: '30s' } });

  test('the lines of several are dead without a word at once, for longer than pairs live: all stay, and are together again', async ({ enter, relay }) => {
    test.setTimeout(90_000);
    const dan = await enter('Dan');
    const lostOnes: Person[] = [];
    for (const name of ['Ada', 'Ben', 'Cleo']) lostOnes.push(await enter(name, { signalling: relay.address }));
    const all = [dan, ...lostOnes];
    for (const one of all) await one.join('lobby', { tracks: [camera, chat] });
    await expectTogether(all, ['camera', 'chat']);
    await expectAllSee(all);
    relay.cutUnnoticed();
    await dan.expectTold('participantReconnecting', lostOnes.map(({ name }) => ({ who: name })));
    relay.mend();
    await expectTogether(all, ['camera', 'chat']);
    for (const one of all) await one.expectTold('disconnected', []);
    await expectAllSee(all);
    await expectAllTalk(all);
  });
});

test.describe(() => {
  test.use({ settings: { SESSION_TIMEOUT: '30s', GONE_TIMEOUT: '2s' } });

  test('who comes back when the server has given up hears 53001, as the others have heard that they are gone', async ({ trio, relay }) => {
    const [ada, ben, cleo] = trio;
    relay.cut();
    await ada.expectTold('reconnecting', lost);
    for (const other of [ben, cleo]) await other.expectTold('participantDisconnected', [{ who: 'Ada' }]);
    await ada.expectTold('disconnected', []);
    relay.mend();
    await ada.expectTold('disconnected', lost);
    await expectTogether([ben, cleo], ['camera', 'chat']);
    await ada.forget();
    await ada.join('lobby', { tracks: [camera, chat] });
    await expectTogether(trio, ['camera', 'chat']);
    await expectAllTalk(trio);
  });
});

test.describe(() => {
  test.use({ settings: { SESSION_TIMEOUT: '3s', GONE_TIMEOUT: '3s' } });

  test('who does not come back within the session timeout leaves by themselves with 53001', async ({ trio, relay }) => {
    const [ada, ben, cleo] = trio;
    relay.cut();
    await ada.expectTold('disconnected', lost);
    for (const other of [ben, cleo]) await other.expectTold('participantDisconnected', [{ who: 'Ada' }]);
    await expectTogether([ben, cleo], ['camera', 'chat']);
    await expectAllTalk([ben, cleo]);
  });
});

test('offline and online again: the call goes on', async ({ trio, relay }) => {
  const [ada, ben, cleo] = trio;
  await ada.page.context().setOffline(true);
  relay.cut(); // not every version of the browser cuts sockets that are open
  await ada.expectTold('reconnecting', lost);
  relay.mend();
  const before = relay.opened;
  await ada.page.context().setOffline(false);
  await expectBack(ada, [ben, cleo]);
  expect(relay.opened).toBeGreaterThan(before);
  await expectTogether(trio, ['camera', 'chat']);
  await expectAllSee(trio);
});

test('another network is announced to the page: it takes a new socket at once and goes on', async ({ trio, relay }) => {
  const [ada, ben, cleo] = trio;
  const before = relay.opened;
  await ada.page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expectBack(ada, [ben, cleo]);
  expect(relay.opened).toBe(before + 1);
  await expectTogether(trio, ['camera', 'chat']);
  await expectAllTalk(trio);
});

test('candidates that died with the socket do not keep a pair apart: it connects after the sync', async ({ enter, relay }) => {
  test.setTimeout(90_000);
  const [ada, ben] = [await enter('Ada', { signalling: relay.address }), await enter('Ben', { signalling: relay.address })];
  let swallowed = 0;
  relay.judge(({ from, body }) => {
    const isIce = from === 'client' && (body?.['peer_connections'] as { ice?: object }[] | undefined)?.some(({ ice }) => ice);
    if (isIce) swallowed++;
    return isIce ? 'swallow' : 'pass';
  });
  await ada.join('lobby', { tracks: [chat] });
  await ben.join('lobby', { tracks: [chat] });
  const [, connect] = relay.messages('client', 'connect');
  const id = connect!['peer_connections'][0].id;
  // Both have said all they know of their pair, and the other has learnt nothing of it.
  const complete = (): number =>
    relay.messages('client', 'update').filter(({ peer_connections }) => peer_connections?.some((peer: { id: string; ice?: { complete?: boolean } }) => peer.id === id && peer.ice?.complete))
      .length;
  await expect.poll(complete).toBe(2);
  expect(JSON.stringify(relay.log), 'nor by a description').not.toContain('a=candidate');
  expect(swallowed).toBeGreaterThan(2);
  relay.judge(() => 'pass');
  relay.drop();
  for (const one of [ada, ben]) await one.expectTold('reconnecting', lost);
  await expectTogether([ada, ben], ['chat']);
  await expectAllTalk([ada, ben]);
});
