// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What many customers of one merchant have in common. A group of charges names it once.
/// @dev Each member fills one word, so the ABI encoding is at the same time the EIP-712 encoding.
struct Plan {
    /// Gets each charge's amount less both fees; may send charges, and cancel.
    address merchant;
    address token;
    /// 0: fixed, a charge at each period's start. 1: pay as you go, a charge at each period's end.
    uint8 kind;
    /// 0: seconds. 1: calendar months.
    uint8 periodUnit;
    /// In `periodUnit`; at most ten years.
    uint32 periodLength;
    /// Gets `amount * feeBps / 10000`, rounded down, and the execution fee.
    address feeRecipient;
    /// The highest `feeBps` that a charge may have. What a merchant sends himself has exactly this.
    uint16 maxFeeBps;
    /// Gets `(amount - fee) * organizationFeeBps / 10000`, rounded down.
    address organization;
    uint16 organizationFeeBps;
    /// The IExecutorRegistry whose keys may send charges, and cancel. The zero address: only the merchant may.
    address registry;
    /// The most that may be added to a charge for sending it, in the token's smallest unit.
    uint256 maxExecutionFee;
}

/// @notice What a customer signs, once. It allows this and nothing else.
/// @dev EIP-712: domain name "QBitFlow Subscriptions", version "1", chainId, verifyingContract. `mandateHash` is the
/// hashStruct of it (without the domain), `planHash` that of its plan.
struct Mandate {
    /// The subscription's uuid.
    bytes16 uuid;
    /// Signs, and pays.
    address subscriber;
    /// The most that one period may take, in the token's smallest unit, all fees and the execution fee included.
    /// Below 2^128. The subscriber can change it later.
    uint256 maxPerPeriod;
    /// For the reader, in millionths of a US dollar: the price of a period (fixed) or of a unit (pay as you go). The
    /// chain knows no rates and does not look at it.
    uint256 priceMicroUsd;
    /// Unix seconds: where period 0 begins, and the anchor of all others. For pay as you go, the first usage ends here.
    uint64 firstChargeAt;
    /// Unix seconds: from then on nothing can be charged. 0: no end.
    uint64 endsAt;
    /// Any number; tells two mandates apart that are otherwise the same.
    uint256 nonce;
    Plan plan;
}

/// @notice A mandate without its plan, which `planHash` then stands for. Same members, same order.
struct MandateHead {
    bytes16 uuid;
    address subscriber;
    uint256 maxPerPeriod;
    uint256 priceMicroUsd;
    uint64 firstChargeAt;
    uint64 endsAt;
    uint256 nonce;
}

/// @notice One charge, as whoever sends it chooses it within the mandate.
struct Charge {
    /// The period it is for: the one running now. A transaction that comes too late takes nothing.
    uint256 period;
    /// In the token's smallest unit, both fees included.
    uint256 amount;
    /// The platform's fee; at most the plan's.
    uint256 feeBps;
    /// On top of `amount`, to the plan's fee recipient; at most the plan's. A merchant who sends has 0 here.
    uint256 executionFee;
    /// By which allowance: false the token's own, true Permit2's.
    bool viaPermit2;
}

/// @notice One charge within a batch, paid out by itself.
struct SingleCharge {
    Mandate mandate;
    Charge terms;
}

/// @notice One charge within a group.
struct GroupCharge {
    MandateHead head;
    uint256 period;
    uint256 amount;
}

/// @notice Charges of one plan, paid out together.
struct ChargeGroup {
    Plan plan;
    uint256 feeBps;
    uint256 executionFee;
    bool viaPermit2;
    GroupCharge[] charges;
}

/// @notice An EIP-2612 permit for this contract. What holds of TokenAllowance holds of it.
struct TokenPermit2612 {
    uint256 value;
    uint256 deadline;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @notice A token permit that rides with an activation. Somebody may have submitted it before: it fails then, but the
/// allowance is there, and that suffices.
struct TokenAllowance {
    /// 0 none, 1 EIP-2612, 2 DAI's own (which ignores `value`), 3 Permit2's `PermitSingle` (allowance transfer).
    uint8 kind;
    /// Permit2: below 2^160.
    uint256 value;
    /// EIP-2612's deadline, DAI's expiry, Permit2's sigDeadline.
    uint256 deadline;
    /// DAI and Permit2 only.
    uint256 nonce;
    /// Permit2 only: when the allowance ends.
    uint256 expiration;
    /// 65 bytes r, s, v; for Permit2 also a smart wallet's.
    bytes signature;
}

/// @notice Where a mandate stands.
enum MandateStatus {
    /// Never activated.
    None,
    Active,
    /// Stopped pay as you go: one more charge, up to `lastPeriod`.
    Stopping,
    /// Stopped, and nothing left to charge. For good.
    Ended,
    /// For good.
    Cancelled
}

struct MandateState {
    MandateStatus status;
    /// The first period that was not charged yet: the one after the last that was. Periods before it are over for good.
    uint256 nextPeriod;
    /// Where `nextPeriod` begins, Unix seconds.
    uint256 nextPeriodAt;
    /// The maximum per period as it is now.
    uint256 maximum;
    /// What the subscriber's next signature for setMaximum, stop or cancel has to carry.
    uint256 signatureNonce;
    /// While `Stopping`: the last period that may be charged.
    uint256 lastPeriod;
}

/// @notice Why a charge did not take place. The numbers are part of the interface.
enum ChargeFailure {
    /// 0: it would, or did.
    None,
    /// 1: the mandate was never activated, or a word of it is not as it was signed.
    NotActive,
    /// 2
    Cancelled,
    /// 3: stopped, or its end has come.
    Ended,
    /// 4: the period has not begun.
    NotDue,
    /// 5: this period, or a later one, was charged already.
    AlreadyCharged,
    /// 6: the period is over; it can never be charged any more.
    PeriodOver,
    /// 7: amount and execution fee are more than the maximum.
    MaximumExceeded,
    /// 8
    AmountMissing,
    /// 9: above the plan's, or a merchant who sends it himself chose another fee than the plan's.
    FeeNotAllowed,
    /// 10: above the plan's, or a merchant who sends it himself asks for one.
    ExecutionFeeNotAllowed,
    /// 11: the subscriber's balance is too low.
    InsufficientBalance,
    /// 12: the allowance (the token's or Permit2's, as chosen) is too low or has expired.
    InsufficientAllowance,
    /// 13: balance and allowance suffice, and the token refused (blocked account, paused, too much gas).
    TokenRefused,
    /// 14: neither the plan's merchant nor its registry's executor sent it. (Alone, the error NotExecutor.)
    NotExecutor
}

/// @title Subscriptions and pay as you go, by mandates that customers sign once
/// @notice No owner, no upgrade, no pause, no balance between transactions. Whoever sends a charge can choose nothing
/// but the moment, an amount up to the maximum and fees up to the signed ones; all goes to the signed recipients.
///
/// Period k begins at `firstChargeAt + k * periodLength` seconds, or as many calendar months after `firstChargeAt`, on
/// the same day at the same time of day (UTC), or on the month's last day where it has no such day: 31 January, 28 or 29
/// February, 31 March. It ends where the next one begins. Each period can be charged once, while it runs. A missed one
/// is gone.
interface IQBitFlowSubscriptions {
    /// @notice A mandate was activated. With `uuid` and `subscriber` this is the whole MandateHead, and `planHash`: enough
    /// to cancel it from the chain alone.
    event Activated(
        bytes32 indexed mandateHash,
        bytes16 indexed uuid,
        address indexed subscriber,
        uint256 maxPerPeriod,
        uint256 priceMicroUsd,
        uint256 firstChargeAt,
        uint256 endsAt,
        uint256 nonce,
        bytes32 planHash
    );
    /// @notice The subscriber paid `amount + executionFee`: `fee + executionFee` to the fee recipient, `organizationFee`
    /// to the organization, the rest to the merchant.
    event Charged(
        bytes32 indexed mandateHash,
        bytes16 indexed uuid,
        uint256 period,
        uint256 amount,
        uint256 fee,
        uint256 organizationFee,
        uint256 executionFee
    );
    /// @notice Within a batch: this charge did not take place, and nothing of it did.
    event ChargeFailed(bytes32 indexed mandateHash, bytes16 indexed uuid, uint256 period, ChargeFailure reason);
    /// @notice Within a batch: no charge of this group took place. `group` is its index in the batch; `reason` is the
    /// error (`PayoutFailed`, `NotExecutor` …), or empty when its gas ran out.
    event GroupFailed(address indexed merchant, address indexed token, uint256 group, bytes reason);
    event MaximumSet(bytes32 indexed mandateHash, bytes16 indexed uuid, uint256 maximum);
    /// @notice `status` is Stopping (pay as you go: one more charge, up to `lastPeriod`) or Ended (fixed).
    event Stopped(bytes32 indexed mandateHash, bytes16 indexed uuid, MandateStatus status, uint256 lastPeriod);
    /// @notice `by` is the subscriber (also where his signature was relayed), the merchant or an executor.
    event Cancelled(bytes32 indexed mandateHash, bytes16 indexed uuid, address by);

    error FeeTooHigh(uint256 feeBps, uint256 maxFeeBps);
    error OrganizationFeeTooHigh(uint256 feeBps, uint256 maxFeeBps);
    /// @notice A mandate that could never be charged, or not safely: the member's name says which.
    error MandateInvalid(string member);
    error SignatureInvalid(address signer);
    error SignatureExpired(uint256 deadline, uint256 timestamp);
    /// @notice The mandate is not in a state that allows it: never activated, or over for good.
    error WrongStatus(bytes32 mandateHash, MandateStatus status);
    error MaximumTooLarge(uint256 maximum, uint256 limit);
    /// @notice Only the plan's merchant and its registry's executors may.
    error NotExecutor(address sender);
    error NotSubscriber(address sender);
    /// @notice The permit failed, and the allowance is not what it says (of DAI: less than the mandate's maximum).
    error PermitFailed(address token, address owner);
    /// @notice A charge did not take place. Within a batch it is `ChargeFailed` instead.
    error ChargeRefused(bytes32 mandateHash, ChargeFailure reason);
    /// @notice A recipient could not be paid; nothing of the charge or group took place.
    error PayoutFailed(address token, address to, uint256 amount);
    /// @notice Called from within a charge or activation.
    error Reentered();
    /// @notice The transaction has less gas left than the next group may use.
    error GasTooLow(uint256 gasLeft, uint256 needed);

    /// @notice Checks the subscriber's signature (EOA, EIP-1271, ERC-6492) and makes the mandate chargeable. Anyone may
    /// send it. Of an active mandate it does nothing, so that nobody can make it fail by sending it before.
    /// Reverts with MandateInvalid, FeeTooHigh, OrganizationFeeTooHigh, SignatureInvalid, WrongStatus (it is over).
    function activate(Mandate calldata mandate, bytes calldata signature) external;

    /// @notice As `activate`, and submits an EIP-2612 permit. Anyone may send it. Reverts with PermitFailed.
    function activateWithPermit(Mandate calldata mandate, bytes calldata signature, TokenPermit2612 calldata permit)
        external;

    /// @notice The same with any kind of permit.
    function activateWithAllowance(
        Mandate calldata mandate,
        bytes calldata signature,
        TokenAllowance calldata allowance
    ) external;

    /// @notice As `activateWithAllowance`, and takes the first charge; if that fails all of it reverts. Merchant and
    /// executors only: whoever sends it chooses the amount.
    function activateAndCharge(
        Mandate calldata mandate,
        bytes calldata signature,
        TokenAllowance calldata allowance,
        Charge calldata first
    ) external;

    /// @notice Takes one charge. Merchant and executors only. Reverts with NotExecutor, ChargeRefused or PayoutFailed.
    function charge(Mandate calldata mandate, Charge calldata terms) external;

    /// @notice Takes many charges of one plan and pays out together. A charge that fails is told by `ChargeFailed`; a
    /// recipient who cannot be paid reverts all. Merchant and executors only.
    /// @param gasPerTransfer The most gas that one transfer of the token may use (100 000 suits most).
    function chargeGroup(ChargeGroup calldata group, uint64 gasPerTransfer) external;

    /// @notice Takes many groups, each as `chargeGroup`, and then many single charges, each as `charge`: all in calls and
    /// with gas of their own. One that fails is told by `GroupFailed` or `ChargeFailed` and stops no other. Groups of
    /// three and more are cheaper than single charges. Reverts with GasTooLow before one that could be short of gas.
    function chargeBatch(ChargeGroup[] calldata groups, SingleCharge[] calldata singles, uint64 gasPerTransfer) external;

    /// @notice Raises or lowers what one period may take; 0 lets nothing be taken. Subscriber only.
    function setMaximum(MandateHead calldata head, bytes32 planHash, uint256 maximum) external;

    /// @notice The same by the subscriber's signature of
    /// `SetMaximum(bytes32 mandateHash,uint256 maximum,uint256 nonce,uint256 deadline)`, nonce `signatureNonce`.
    function setMaximumSigned(
        MandateHead calldata head,
        bytes32 planHash,
        uint256 maximum,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Fixed: no further charge. Pay as you go: one more charge, for the period running now or the next, then it
    /// ends. Subscriber only.
    function stop(Mandate calldata mandate) external;

    /// @notice The same by the subscriber's signature of `Stop(bytes32 mandateHash,uint256 nonce,uint256 deadline)`.
    function stopSigned(Mandate calldata mandate, uint256 deadline, bytes calldata signature) external;

    /// @notice Ends it for good; before it was activated, too. Subscriber only.
    function cancel(MandateHead calldata head, bytes32 planHash) external;

    /// @notice The same by the subscriber's signature of `Cancel(bytes32 mandateHash,uint256 nonce,uint256 deadline)`.
    function cancelSigned(MandateHead calldata head, bytes32 planHash, uint256 deadline, bytes calldata signature)
        external;

    /// @notice Ends it for good, sent by the plan's merchant or an executor.
    function cancelFor(Mandate calldata mandate) external;

    function mandateState(bytes32 mandateHash) external view returns (MandateState memory);

    function mandateStates(bytes32[] calldata mandateHashes) external view returns (MandateState[] memory);

    /// @notice What `charge` by an executor would answer now, the subscriber's balance and allowance included.
    function checkCharge(Mandate calldata mandate, Charge calldata terms) external view returns (ChargeFailure);

    /// @notice Where period `period` begins, Unix seconds.
    function periodStart(Mandate calldata mandate, uint256 period) external pure returns (uint256);

    /// @notice The period that runs at `timestamp`. `begun` is false before period 0.
    function periodAt(Mandate calldata mandate, uint256 timestamp) external pure returns (bool begun, uint256 period);

    /// @notice EIP-712 hashStruct of a mandate.
    function hashMandate(Mandate calldata mandate) external pure returns (bytes32);

    /// @notice EIP-712 hashStruct of a plan.
    function hashPlan(Plan calldata plan) external pure returns (bytes32);

    function DOMAIN_SEPARATOR() external view returns (bytes32);

    function MAX_FEE_BPS() external view returns (uint256);

    function MAX_ORGANIZATION_FEE_BPS() external view returns (uint256);
}
