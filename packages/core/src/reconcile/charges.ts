import type { Hex } from "@qbitflow/chains";
import { splitFees, usdToTokenBase } from "@qbitflow/money";
import type { Context } from "../context.ts";
import { loadMandates, type StoredMandate } from "../mandate/index.ts";
import { correctCharge, type LostCharge, reopenBill, restoreCharge } from "../subscription/restore-charge.ts";
import { type Difference, differingFields, type FieldDifference } from "./difference.ts";
import { holdingCursor, type PartResult, type PartStep, partResult } from "./part.ts";
import { type ChargeRow, factOf, findCharges, findPaid, hasCharge } from "./store.ts";

const ROWS_AT_ONCE = 500;

interface Found {
  readonly row: ChargeRow;
  readonly mandate: StoredMandate;
}

/** What the books say of a charge next to what the chain says. Pure. */
function fieldsOf({ row, mandate }: Found): FieldDifference[] {
  const { data } = row;
  const { organizationFeeBps } = mandate.terms;
  const chain = {
    status: "paid",
    amountBase: String(data.amountBase),
    executionFeeBase: String(data.executionFeeBase),
  };
  const books = { status: row.billStatus, amountBase: row.amountBase, executionFeeBase: row.executionFeeBase };
  const fields = differingFields(books, chain);
  // What we sent is ours to the unit: the fee, and what usage came to.
  if (row.isSent && row.feeBps !== null) {
    const fees = splitFees({ amountBase: BigInt(chain.amountBase), feeBps: row.feeBps, organizationFeeBps });
    fields.push(...differingFields({ feeBase: String(fees.feeBase) }, { feeBase: String(data.feeBase) }));
  }
  if (mandate.terms.kind === "fixed") {
    const price = { amountMicros: String(mandate.terms.priceMicros) };
    fields.push(...differingFields({ amountMicros: String(row.billAmountMicros) }, price));
  } else if (row.isSent && row.rateE18 !== null && row.billAmountMicros !== null) {
    const askedBase = usdToTokenBase(row.billAmountMicros, BigInt(row.rateE18), row.decimals);
    const [books, chained] = [`${row.billAmountMicros} (${askedBase} base units)`, `${chain.amountBase} base units`];
    if (String(askedBase) !== chain.amountBase) fields.push({ field: "amountMicros", books, chain: chained });
  }
  return fields;
}

const isOnChain: LostCharge["isOnChain"] = ({ db }, attempt) => hasCharge(db, attempt);

async function compareOne(
  ctx: Context,
  network: string,
  { found, rebuild }: { readonly found: Found; readonly rebuild: boolean },
): Promise<Difference[]> {
  const { row, mandate } = found;
  const { uuid, transactionHash, mandateHash } = row;
  const blockNumber = Number(row.blockNumber);
  const about = { about: "bill" as const, network, uuid, transactionHash, blockNumber, mandateHash };
  // It was read before: a block that left the chain meanwhile took its charge along.
  const ifThere = <T>(work: (txCtx: Context) => Promise<T>): Promise<T | false> =>
    holdingCursor(ctx, network, async (txCtx) => (await hasCharge(txCtx.db, { ...row, network })) && work(txCtx));
  const fact = factOf(network, row);
  if (row.billUuid === null) {
    const { currencyId, rateE18, terms } = mandate;
    const { decimals } = row;
    const lost: LostCharge = { fact, terms, currencyId, rateE18, decimals, isOnChain };
    const restored = rebuild && (await ifThere((txCtx) => restoreCharge(txCtx, lost)));
    return [{ ...about, what: "missing", restored }];
  }
  const fields = fieldsOf(found);
  if (fields.length === 0) return [];
  const isWrong = (name: string) => fields.some(({ field }) => field === name);
  // Usage that was priced cannot be told from the tokens it became.
  const amountMicros = isWrong("amountMicros") && mandate.terms.kind === "fixed" ? mandate.terms.priceMicros : null;
  const isFeeWrong = isWrong("feeBase");
  if (rebuild) await ifThere((txCtx) => correctCharge(txCtx, fact, { amountMicros, isFeeWrong }));
  const restored = rebuild && !(isWrong("amountMicros") && amountMicros === null);
  return [{ ...about, what: "different", billUuid: row.billUuid, fields, restored }];
}

/** Every charge that the chain confirmed must have its bill, with the same amounts and fees. `after` is an event's id. */
export async function compareCharges(ctx: Context, { adapter, after, rebuild }: PartStep): Promise<PartResult> {
  const network = adapter.network.slug;
  const rows = await findCharges(ctx.db, { network, after, limit: ROWS_AT_ONCE });
  const keys = [...new Set(rows.map(({ mandateHash }) => mandateHash))].map((hash) => ({ network, hash }));
  const mandates = await loadMandates(ctx, keys);
  const differences: Difference[] = [];
  for (const row of rows) {
    const mandate = mandates.get(row.mandateHash as Hex);
    if (mandate) differences.push(...(await compareOne(ctx, network, { found: { row, mandate }, rebuild })));
  }
  const next = rows.length === ROWS_AT_ONCE ? String(rows.at(-1)?.id) : null;
  return partResult({ bills: rows.length, differences, next });
}

/** Every bill that the books call paid must have its charge on the chain. `after` is a bill's uuid. */
export async function comparePaidBills(ctx: Context, { adapter, after, rebuild }: PartStep): Promise<PartResult> {
  const network = adapter.network.slug;
  const rows = await findPaid(ctx.db, { network, after, limit: ROWS_AT_ONCE });
  const differences: Difference[] = [];
  for (const { uuid: billUuid, subscriptionUuid: uuid, transactionHash } of rows.filter((row) => !row.isOnChain)) {
    const reopen = (txCtx: Context) => reopenBill(txCtx, billUuid, isOnChain);
    const restored = rebuild && (await holdingCursor(ctx, network, reopen));
    const named = transactionHash === null ? {} : { transactionHash };
    differences.push({ about: "bill", what: "not_on_chain", network, uuid, billUuid, ...named, restored });
  }
  const next = rows.length === ROWS_AT_ONCE ? (rows.at(-1)?.uuid ?? null) : null;
  return partResult({ differences, next });
}
