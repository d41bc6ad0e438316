/** Everything that can stand in the customer's way. Words for each are in words.ts; a new code without words fails to compile. */
export type ProblemCode =
  | "rejected"
  | "walletBusy"
  | "walletLocked"
  | "walletUnsupported"
  | "walletGone"
  | "walletFailed"
  | "wrongNetwork"
  | "networkUnknown"
  | "tooLittle"
  | "tooLittleGas"
  | "allowedTooLittle"
  | "amountChanged"
  | "quoteExpired"
  | "quoteFailed"
  | "currencyUnavailable"
  | "simulationFailed"
  | "recipientRefused"
  | "reverted"
  | "dropped"
  | "otherTab"
  | "alreadyPaid"
  | "sessionClosed"
  | "offline"
  | "tooMany"
  | "server"
  | "walletConnectFailed"
  | "cannotBeSent"
  | "permit2TooLittle"
  | "tooLittleToBeSent"
  | "relayRefused"
  | "termsDiffer"
  | "offerExpired"
  | "otherWallet";

export interface Problem {
  readonly code: ProblemCode;
  /** Facts that the sentence names: amounts with their symbol, a network's name, a wallet's own words. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** A problem on its way up to where it is shown. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.code, options);
    this.problem = problem;
  }
}
