import { chromiumPath } from './fixtures/chromium';
import { firefoxPath } from './fixtures/firefox';
import { hasPostgres } from './fixtures/postgres';
import { serverPath } from './fixtures/server';
import { turnserverPath } from './fixtures/turn';
import { fillCache } from './media/cache';

export default function globalSetup(): void {
  // What is missing is said once, before a hundred tests say it.
  chromiumPath();
  firefoxPath();
  serverPath();
  turnserverPath();
  if (!hasPostgres()) process.stderr.write('NOT TESTED ON POSTGRESQL: this machine has no initdb. Install PostgreSQL to test on it.\n');
  fillCache();
}
