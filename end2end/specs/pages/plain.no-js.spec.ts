import { expect, test } from '../../fixtures';

for (const seat of ['patient', 'provider'] as const) {
  test(`invariant 10: without JavaScript the ${seat}'s page says where one is, what happens next and what to do`, async ({ arrive }) => {
    const side = await arrive(seat);
    await side.page.goto(side.address);
    await expect(side.heading).toBeVisible();
    await expect(side.page.getByRole('heading', { name: 'This page needs JavaScript' })).toBeVisible();
    await expect(side.page.getByRole('main')).toHaveAttribute('data-phase', 'ready');
    await expect(side.waitingRoom).toBeHidden();
    const steps = side.page.getByRole('listitem');
    await expect(steps.first()).toBeVisible();
    expect(await steps.allInnerTexts()).toContain('If that does not work, please call the clinic.');
  });
}
