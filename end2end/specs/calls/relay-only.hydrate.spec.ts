import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import type { Hooked } from '../../fixtures/hooks';
import { expectConversation } from '../../fixtures/journeys';
import type { Participant } from '../../fixtures/participant';
import { TurnServer } from '../../fixtures/turn';

/// Everything that a page hears over its signalling sockets.
function listen(participant: Participant): string[] {
  const heard: string[] = [];
  participant.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(payload.toString())));
  return heard;
}

/// How this page's media travel: the kinds of the candidates at both ends of what is in use, and of all that it knows.
function ways(page: Page): Promise<{ used: string[]; known: string[] }> {
  return page.evaluate(async () => {
    const used: string[] = [];
    const known: string[] = [];
    const { connections } = (window as unknown as { __owl: Hooked }).__owl;
    for (const connection of connections.filter(({ connectionState }) => connectionState === 'connected')) {
      const stats = [...(await connection.getStats()).values()];
      known.push(...stats.filter(({ type }) => type.endsWith('-candidate')).map(({ candidateType }) => candidateType as string));
      for (const transport of stats.filter(({ type }) => type === 'transport')) {
        const pair = stats.find(({ id }) => id === transport.selectedCandidatePairId);
        const kind = (id: string): string => stats.find((one) => one.id === id)?.candidateType;
        used.push(`${kind(pair?.localCandidateId)} to ${kind(pair?.remoteCandidateId)}`);
      }
    }
    return { used: [...new Set(used)], known: [...new Set(known)] };
  });
}

test('a relay-only visit goes through the TURN server and neither side learns where the other is', async ({ startServer, arrive }) => {
  const turn = await TurnServer.start();
  try {
    const server = await startServer({ env: { ...turn.settings, RELAY_ONLY: 'on' } });
    const patient = await arrive('patient', { origin: server.origin });
    const provider = await arrive('provider', { origin: server.origin });
    const heard = [listen(patient), listen(provider)];
    for (const side of [patient, provider]) {
      await side.open();
      await side.joinRoom();
    }
    await expectConversation(patient, provider);
    for (const side of [patient, provider]) {
      expect(await ways(side.page)).toEqual({ used: ['relay to relay'], known: ['relay'] });
    }
    for (const frames of heard) {
      const candidates = frames.join('\n').match(/candidate:[^"\\]*/g) ?? [];
      expect(candidates.length).toBeGreaterThan(0);
      for (const candidate of candidates) expect(candidate).toContain(' typ relay ');
    }
    expect(turn.names, 'each browser has a name of its own').toHaveLength(2);
    for (const name of turn.names) expect(name, 'which says nothing of a person').toMatch(/^\d+:[0-9a-f]{32}$/);
    expect(server.log).not.toContain(turn.secret);
  } finally {
    await turn.stop();
  }
});
