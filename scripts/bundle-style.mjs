// Puts the style sheets that style/main.css imports into one file, in that order: cargo-leptos minifies a single file and
// follows no @import. With --watch it does so again whenever one of them changes.
import { mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [source, target] = ['style/main.css', 'target/style/main.css'];

function bundle() {
  const main = readFileSync(source, 'utf8');
  const all = main.replace(/^@import (?:url\()?["']([^"']+)["']\)?;$/gm, (_, path) =>
    readFileSync(join(dirname(source), path), 'utf8').trimEnd(),
  );
  if (all.includes('@import')) throw new Error(`${source}: an @import that this script does not read`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, all);
}

bundle();
if (process.argv.includes('--watch')) {
  watch(dirname(source), { recursive: true }, () => {
    try {
      bundle();
    } catch (error) {
      console.error(String(error)); // Half a save; the next event brings the rest.
    }
  });
}
