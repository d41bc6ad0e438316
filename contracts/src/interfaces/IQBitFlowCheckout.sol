// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What one payment is, to the unit. A customer who signs or sends these terms allows this and nothing else.
/// @dev Each member fills one word, so the ABI encoding is at the same time the EIP-712 encoding.
struct Terms {
    /// The session's uuid.
    bytes16 uuid;
    /// Gets `amount` less both fees.
    address merchant;
    /// The zero address is the chain's native coin.
    address token;
    /// In the token's smallest unit, both fees included.
    uint256 amount;
    /// Gets `amount * feeBps / 10000`, rounded down.
    address feeRecipient;
    uint16 feeBps;
    /// Gets `(amount - fee) * organizationFeeBps / 10000`, rounded down.
    address organization;
    uint16 organizationFeeBps;
    /// Unix seconds: the last moment at which these terms may be paid.
    uint64 deadline;
}

/// @notice What the payer adds, in the token, for whoever sends the transaction. `(0, 0)` where nothing is added.
struct Relay {
    /// On top of `Terms.amount`, in the token's smallest unit.
    uint256 fee;
    /// Signed too, so that copying a relayer's transaction earns nothing.
    address recipient;
}

/// @title One-time payments straight from the payer to the recipients
/// @notice No owner, no upgrade, no balance between transactions. Every function pays by the same terms and emits one
/// `Payment`. It does not stop a second payment of the same uuid: who reads the events sees it, and refunds it.
interface IQBitFlowCheckout {
    /// @notice Emitted before the coin or token moves. A relay fee is not part of `amount`.
    event Payment(
        bytes16 indexed uuid,
        address indexed payer,
        address indexed merchant,
        bytes32 termsHash,
        address token,
        uint256 amount,
        uint256 fee,
        uint256 organizationFee
    );

    error PaymentExpired(uint256 deadline, uint256 timestamp);
    error FeeTooHigh(uint256 feeBps, uint256 maxFeeBps);
    error OrganizationFeeTooHigh(uint256 feeBps, uint256 maxFeeBps);
    error AmountMissing();
    error AmountTooLarge(uint256 amount, uint256 maxAmount);
    error NativeAmountMismatch(uint256 sent, uint256 amount);
    /// @notice `payNative` was called with terms that name a token.
    error NotNative(address token);
    /// @notice There is no contract at the token's address (the zero address included).
    error NotAToken(address token);
    /// @notice The zero address and this contract cannot be paid.
    error RecipientRefused(address recipient);
    error NativeTransferFailed(address to, uint256 amount);
    error TokenTransferFailed(address token, address from, address to, uint256 amount);
    /// @notice A relayed permit has to take effect in the payment's own transaction.
    error PermitFailed(address token, address payer);

    /// @notice Pays with the native coin; `msg.value` equals `terms.amount`.
    function payNative(Terms calldata terms) external payable;

    /// @notice Pays with a token that the sender approved for this contract before.
    function payToken(Terms calldata terms) external;

    /// @notice Pays by the sender's own EIP-2612 permit: value `terms.amount`, deadline `terms.deadline`.
    /// @dev A permit that fails is ignored: somebody may have submitted it before, and then the allowance is there.
    function payWithPermit(Terms calldata terms, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice As `payWithPermit`, by DAI's permit: the holder's current nonce, expiry `terms.deadline`, allowed true.
    function payWithDaiPermit(Terms calldata terms, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Pays by `payer`'s EIP-2612 permit, sent by anyone: value `terms.amount + relay.fee`, and as deadline
    /// `uint256(hashGasless(terms, relay))`, so that the permit commits to all of the terms and the relay fee.
    /// @dev The permit has to succeed here and now. A standing allowance never suffices, as it is not `payer` who calls.
    function payWithPermitRelayed(
        Terms calldata terms,
        Relay calldata relay,
        address payer,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice As `payWithPermitRelayed`, by DAI's permit: current nonce, expiry as the deadline there, allowed true.
    function payWithDaiPermitRelayed(
        Terms calldata terms,
        Relay calldata relay,
        address payer,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Pays by `payer`'s Permit2 signature (EOA or EIP-1271), sent by anyone: a batch of one entry for each
    /// recipient that gets something (merchant, fee, organization, relay), deadline `terms.deadline`, witness
    /// `GaslessPayment`.
    function payWithPermit2(
        Terms calldata terms,
        Relay calldata relay,
        address payer,
        uint256 nonce,
        bytes calldata signature
    ) external;

    /// @notice Pays by `payer`'s EIP-3009 `ReceiveWithAuthorization`, sent by anyone: value `terms.amount + relay.fee`,
    /// validAfter 0, validBefore `terms.deadline`, nonce `hashGasless(terms, relay)`.
    function payWithAuthorization(Terms calldata terms, Relay calldata relay, address payer, bytes calldata signature)
        external;

    /// @notice EIP-712 hashStruct of the terms: what `Payment.termsHash` carries.
    function hashTerms(Terms calldata terms) external pure returns (bytes32);

    /// @notice EIP-712 hashStruct of `GaslessPayment`: what the signatures for relayed payments commit to.
    function hashGasless(Terms calldata terms, Relay calldata relay) external pure returns (bytes32);

    function MAX_FEE_BPS() external view returns (uint256);

    function MAX_ORGANIZATION_FEE_BPS() external view returns (uint256);
}
