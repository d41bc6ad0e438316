import { type Problem, ProblemError } from "../problem.ts";

interface WalletErrorShape {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly data?: unknown;
  readonly cause?: unknown;
}

/** EIP-1193, EIP-1474 and EIP-5792 codes, and what wallets say where they send none that helps. */
export function walletProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const code = walletErrorCode(error);
  const said = messageOf(error);
  if (code === 4001 || code === 5000 || code === "ACTION_REJECTED") return { code: "rejected" };
  if (code === -32002) return { code: "walletBusy" };
  if (code === 4100) return { code: "walletLocked" };
  if (code === 4200 || code === -32601 || code === -32004) return { code: "walletUnsupported" };
  if (code === 4900 || code === 4901) return { code: "walletGone" };
  if (code === 4902) return { code: "networkUnknown" };
  return problemFromText(said);
}

/** The first code that means something, also inside `data.originalError` and `cause`, where phone wallets put it. */
export function walletErrorCode(error: unknown): number | string | undefined {
  let at: unknown = error;
  for (let depth = 0; depth < 4 && at && typeof at === "object"; depth++) {
    const shape = at as WalletErrorShape & { originalError?: unknown };
    const inner =
      shape.data && typeof shape.data === "object" ? (shape.data as { originalError?: unknown }) : undefined;
    const innerCode = (inner?.originalError as WalletErrorShape | undefined)?.code;
    if (typeof innerCode === "number") return innerCode;
    if ((typeof shape.code === "number" && shape.code !== -32603) || typeof shape.code === "string") return shape.code;
    at = shape.cause ?? shape.originalError;
  }
  return undefined;
}

function problemFromText(said: string | undefined): Problem {
  if (!said) return { code: "walletFailed" };
  if (/user (rejected|denied|refused|cancel)|rejected by user|request rejected|cancelled by user/i.test(said)) {
    return { code: "rejected" };
  }
  if (/already pending|already processing/i.test(said)) return { code: "walletBusy" };
  if (/unrecognized chain|chain .* not (been )?added/i.test(said)) return { code: "networkUnknown" };
  if (/not supported|unsupported|does not exist/i.test(said)) return { code: "walletUnsupported" };
  return { code: "walletFailed", facts: { said: said.slice(0, 160) } };
}

function messageOf(error: unknown): string | undefined {
  if (typeof error === "string") return error;
  const message = (error as WalletErrorShape | undefined)?.message;
  return typeof message === "string" ? message : undefined;
}
