import { parseAbi } from "viem";

/** The part of the checkout contract that this page calls, with all its errors; a test holds it against the contract. */
export const checkoutAbi = parseAbi([
  "struct Terms { bytes16 uuid; address merchant; address token; uint256 amount; address feeRecipient; uint16 feeBps; address organization; uint16 organizationFeeBps; uint64 deadline; }",
  "function payNative(Terms terms) payable",
  "function payToken(Terms terms)",
  "function payWithPermit(Terms terms, uint8 v, bytes32 r, bytes32 s)",
  "function payWithDaiPermit(Terms terms, uint8 v, bytes32 r, bytes32 s)",
  "error PaymentExpired(uint256 deadline, uint256 timestamp)",
  "error FeeTooHigh(uint256 feeBps, uint256 maxFeeBps)",
  "error OrganizationFeeTooHigh(uint256 feeBps, uint256 maxFeeBps)",
  "error NativeAmountMismatch(uint256 sent, uint256 amount)",
  "error NotNative(address token)",
  "error AmountMissing()",
  "error RecipientRefused(address recipient)",
  "error NativeTransferFailed(address to, uint256 amount)",
  "error TokenTransferFailed(address token, address from, address to, uint256 amount)",
  "error PermitFailed(address token, address payer)",
  "error NotAToken(address token)",
  "error AmountTooLarge(uint256 amount, uint256 maxAmount)",
]);

/** Both kinds of `permit`, EIP-2612's and DAI's; `approve` without a return value: tokens like USDT return none, and nothing here needs it. */
export const tokenAbi = parseAbi([
  "function balanceOf(address owner) view returns (uint256)",
  "function allowance(address owner, address spender) view returns (uint256)",
  "function nonces(address owner) view returns (uint256)",
  "function approve(address spender, uint256 amount)",
  "function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)",
  "function permit(address holder, address spender, uint256 nonce, uint256 expiry, bool allowed, uint8 v, bytes32 r, bytes32 s)",
]);
