import {
  addOwner,
  authenticate,
  type Context,
  createOrganization,
  createProduct,
  issueKey,
  type Organization,
  type Principal,
  type Product,
  setWallet,
  type User,
} from "@qbitflow/core";

export interface SeededMerchant {
  readonly organization: Organization;
  readonly user: User;
  /** Of the mode asked for. */
  readonly key: string;
  readonly principal: Principal;
  /** 25 USD. */
  readonly product: Product;
}

let count = 0;

/** An organization that can be paid on every network of the context: owner, wallets, one product and a key. */
export async function seedMerchant(
  ctx: Context,
  options: { readonly test?: boolean; readonly name?: string } = {},
): Promise<SeededMerchant> {
  const number = ++count;
  const organization = await createOrganization(ctx, { name: options.name ?? `Shop ${number}` });
  const organizationId = organization.id;
  const user = await addOwner(ctx, {
    organizationId,
    name: "Olga",
    lastName: "Owner",
    email: `olga-${number}@shop.example`,
  });
  for (const network of ctx.chains.keys()) {
    const address = `0x${(0xa000 + number).toString(16).padStart(40, "0")}`;
    await setWallet(ctx, { organizationId, network, address });
  }
  const { key } = await issueKey(ctx, { organizationId, userId: user.id, name: "Seeded", test: options.test ?? true });
  const principal = await authenticate(ctx, key);
  const product = await createProduct(ctx, principal, { name: "Tea", description: "One box of tea", price: 25 });
  return { organization, user, key, principal, product };
}
