import { type TestContext, testContext } from "@qbitflow/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as organizations from "./index.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await testContext();
});
afterAll(() => ctx.close());

test("an organization is made with both modes, each with a secret of its own that is never stored in the open", async () => {
  const made = await organizations.createOrganization(ctx, { name: "Tea House", supportEmail: "help@tea.example" });
  expect(await organizations.getOrganization(ctx, made.id)).toEqual(made);
  expect(await organizations.listOrganizations(ctx)).toContainEqual(made);
  const secrets = await Promise.all(
    [true, false].map((mode) => organizations.webhookSecrets(ctx, { organizationId: made.id, test: mode })),
  );
  expect(secrets[0]?.current).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(secrets[0]?.current).not.toBe(secrets[1]?.current);
  const rows = await ctx.db.query<{ sealed: Uint8Array }>(
    "select webhook_secret_sealed as sealed from organization_mode",
  );
  for (const { sealed } of rows) expect(Buffer.from(sealed).toString()).not.toContain("whsec_");
});

test("after a rotation the old secret signs on for a day, and no longer", async () => {
  const { id } = await organizations.createOrganization(ctx, { name: "Rotating" });
  const mode = { organizationId: id, test: true };
  const first = (await organizations.webhookSecrets(ctx, mode)).current;
  const second = await organizations.rotateWebhookSecret(ctx, mode);
  expect(await organizations.webhookSecrets(ctx, mode)).toEqual({ current: second, previous: first });
  ctx.clock.advance(24 * 3_600_000);
  expect(await organizations.webhookSecrets(ctx, mode)).toEqual({ current: second, previous: null });
});

test("a previous secret that was sealed with an earlier key stops signing, the new one does not suffer", async () => {
  const { id } = await organizations.createOrganization(ctx, { name: "New key" });
  const mode = { organizationId: id, test: true };
  const keyed = (mark: string): typeof ctx.secrets => ({
    ...ctx.secrets,
    seal: (text) => Buffer.from(`${mark}${text}`),
    open(sealed) {
      const text = Buffer.from(sealed).toString();
      if (!text.startsWith(mark)) throw new Error("sealed with another key");
      return text.slice(mark.length);
    },
  });
  await organizations.rotateWebhookSecret({ ...ctx, secrets: keyed("old:") }, mode);
  const later = { ...ctx, secrets: keyed("new:") };
  const fresh = await organizations.rotateWebhookSecret(later, mode);
  expect(await organizations.webhookSecrets(later, mode)).toEqual({ current: fresh, previous: null });
});

test("the default webhook URL is set per mode and checked", async () => {
  const { id } = await organizations.createOrganization(ctx, { name: "Hooked" });
  await organizations.setDefaultWebhookUrl(ctx, { organizationId: id, test: true, url: "https://shop.example/hook" });
  expect(await organizations.getOrganizationMode(ctx, { organizationId: id, test: true })).toMatchObject({
    defaultWebhookUrl: "https://shop.example/hook",
  });
  expect(await organizations.getOrganizationMode(ctx, { organizationId: id, test: false })).toMatchObject({
    defaultWebhookUrl: null,
  });
  const bad = organizations.setDefaultWebhookUrl(ctx, { organizationId: id, test: true, url: "javascript:1" });
  await expect(bad).rejects.toMatchObject({ code: "validation_failed" });
  await organizations.setDefaultWebhookUrl(ctx, { organizationId: id, test: true, url: null });
  expect(await organizations.getOrganizationMode(ctx, { organizationId: id, test: true })).toMatchObject({
    defaultWebhookUrl: null,
  });
});

test("whether subscriptions name the customer's page is switched per mode", async () => {
  const { id: organizationId } = await organizations.createOrganization(ctx, { name: "Linked" });
  await organizations.setPortalUrlShown(ctx, { organizationId, test: true, on: true });
  expect(await organizations.getOrganizationMode(ctx, { organizationId, test: true })).toMatchObject({
    showsPortalUrl: true,
  });
  expect(await organizations.getOrganizationMode(ctx, { organizationId, test: false })).toMatchObject({
    showsPortalUrl: false,
  });
  const unknown = organizations.setPortalUrlShown(ctx, { organizationId: 999_999n, test: true, on: true });
  await expect(unknown).rejects.toMatchObject({ code: "not_found" });
});

test("unknown organizations and bad names are refused", async () => {
  for (const id of [0n, -1n, 999_999n, 2n ** 80n]) {
    await expect(organizations.getOrganization(ctx, id)).rejects.toMatchObject({ code: "not_found" });
  }
  await expect(organizations.createOrganization(ctx, { name: "  " })).rejects.toMatchObject({
    code: "validation_failed",
  });
  await expect(organizations.createOrganization(ctx, { name: "A", supportEmail: "x" })).rejects.toMatchObject({
    code: "validation_failed",
  });
  await expect(organizations.webhookSecrets(ctx, { organizationId: 999_999n, test: true })).rejects.toMatchObject({
    code: "not_found",
  });
});
