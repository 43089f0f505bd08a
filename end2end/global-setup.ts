import { chromiumPath } from './fixtures/chromium';
import { fillCache } from './media/cache';

export default function globalSetup(): void {
  chromiumPath(); // says in one line what is missing, before a hundred tests say it
  fillCache();
}
