// A fake microphone's tape: beeps. A steady tone would be taken for noise and suppressed by the browser's own processing.

const RATE = 48_000;
const SECONDS = 2;
const BEEP = { on: 0.25, period: 0.4 };

/// The whole .wav file (16 bit, mono). Chromium plays it in a loop.
export function beeps(hertz: number): Buffer {
  const samples = RATE * SECONDS;
  const data = Buffer.alloc(samples * 2);
  for (let i = 0; i < samples; i++) {
    const t = i / RATE;
    const on = t % BEEP.period < BEEP.on;
    data.writeInt16LE(on ? Math.round(12_000 * Math.sin(2 * Math.PI * hertz * t)) : 0, i * 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
