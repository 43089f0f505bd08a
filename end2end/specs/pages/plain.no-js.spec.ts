import { expect, test } from '../../fixtures';

for (const seat of ['patient', 'provider'] as const) {
  test(`without JavaScript the ${seat}'s page says where one is, what happens next and what to do`, async ({ arrive }) => {
    const side = await arrive(seat);
    await side.page.goto(side.address);
    await expect(side.heading).toBeVisible();
    await expect(side.page.getByText(/JavaScript/)).toBeVisible();
    await expect(side.page.getByRole('main')).toHaveAttribute('data-phase', 'ready');
    await expect(side.waitingRoom).toBeHidden();
    await expect(side.page.getByRole('main')).toContainText('please call the clinic');
  });
}
