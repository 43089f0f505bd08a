import { expect, test } from '../../fixtures/rooms';
import { TurnServer } from '../../fixtures/turn';

/// The SDK's own test of a network. It reports to Twilio whatever it is told, and goes through TURN or not at all.
test('runPreflight completes through a TURN server, with name and password that the room server made', async ({ startRooms, enter }) => {
  const turn = await TurnServer.start();
  try {
    const rooms = await startRooms(turn.settings);
    const ada = await enter('Ada', { signalling: rooms.signalling });
    const reports: string[] = [];
    await ada.page.routeWebSocket(/sdkgw/, (socket) => {
      socket.onMessage((message) => {
        const { type, name } = JSON.parse(message.toString());
        reports.push(name ?? type);
        if (type === 'connect') socket.send(JSON.stringify({ type: 'connected', session: 'a session' }));
      });
    });
    await ada.page.reload();
    const outcome = await ada.page.evaluate(
      ([token, wsServer]) =>
        new Promise<{ failed?: string; progress: string[]; way: string[] }>((tell) => {
          const progress: string[] = [];
          const test = window.Twilio.Video.runPreflight(token, { duration: 2_000, wsServer } as never);
          test.on('progress', (step: string) => progress.push(step));
          test.on('failed', (error: Error) => tell({ failed: `${error}`, progress, way: [] }));
          test.on('completed', (report) => {
            const pair = report.selectedIceCandidatePairStats;
            tell({ progress, way: [pair?.localCandidate, pair?.remoteCandidate].map((end) => `${end?.candidateType}`) });
          });
        }),
      [rooms.token({ identity: 'Ada' }), rooms.signalling] as const,
    );
    expect(outcome.failed, turn.log).toBeUndefined();
    expect(outcome.progress).toContain('mediaStarted');
    // As the receiving side sees it, which may use any way; the sending side has none but the relay.
    expect(outcome.way).toEqual(['host', 'relay']);
    expect(turn.names, 'one name for one browser').toHaveLength(1);
    expect(turn.names[0]).toMatch(/^\d+:[0-9a-f]{32}$/);
    await expect.poll(() => reports, { message: 'what it reports to Twilio comes to the test instead' }).toContain('report');
  } finally {
    await turn.stop();
  }
});
