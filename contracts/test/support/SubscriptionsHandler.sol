// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Charge,
    ChargeGroup,
    GroupCharge,
    IQBitFlowSubscriptions,
    Mandate,
    Plan,
    SingleCharge
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Deployed, ITestToken} from "./Deployed.sol";
import {MandateSigning} from "./MandateSigning.sol";
import {IPermit2Allowance} from "./Permits.sol";
import {SubscriptionsLedger} from "./SubscriptionsLedger.sol";
import {vm} from "./Vm.sol";

/// @notice Four subscribers with mandates of six plans, two merchants, two billing keys that come and go, and a
/// stranger. Amounts, fees, periods and senders are mostly such that something happens, and often such as nobody may.
contract SubscriptionsHandler is SubscriptionsLedger {
    uint256 public constant SUBSCRIBERS = 4;
    uint256 public constant TOKENS = 3;
    uint256 private constant PLANS = 6;
    uint256 private constant MOST_MANDATES = 14;
    uint256 private constant SUPPLY = 1e24;
    uint64 private constant GAS_PER_TRANSFER = 100_000;
    address private constant STRANGER = address(0xBAD);

    ITestToken[TOKENS] public tokens;
    /// Everybody but the subscribers who may have tokens.
    address[4] public recipients = [address(0x1111), address(0x1112), address(0x2222), address(0x3333)];
    address[2] private executors = [address(0x4444), address(0x4445)];
    Plan[] private plans;
    bytes[] private sent;
    uint256 private nonces;

    constructor() {
        Deployed.permit2();
        string[3] memory names = ["TestUSDC", "TestUSDT", "TestDAI"];
        for (uint256 t = 0; t < TOKENS; t++) {
            tokens[t] = Deployed.token(names[t]);
            for (uint256 i = 0; i < SUBSCRIBERS; i++) {
                tokens[t].mint(subscriber(i), SUPPLY);
                ledger[address(tokens[t])][subscriber(i)] = SUPPLY;
                vm.prank(subscriber(i));
                tokens[t].approve(address(subscriptions), type(uint256).max);
                approveByPermit2(subscriber(i), tokens[t]);
            }
        }
        registry.setExecutor(executors[0], true);
        for (uint256 i = 0; i < PLANS; i++) {
            plans.push(planOf(i));
            subscribe(i, i, 30e6, 0);
            subscribe(i + 1, i, 30e6, 0);
        }
    }

    function subscriber(uint256 index) public pure returns (address) {
        return vm.addr(keyOf(index));
    }

    function approveByPermit2(address owner, ITestToken token) private {
        vm.prank(owner);
        token.approve(Deployed.PERMIT2, type(uint256).max);
        vm.prank(owner);
        IPermit2Allowance(Deployed.PERMIT2)
            .approve(address(token), address(subscriptions), 1e12, uint48(block.timestamp + 200 days));
    }

    /// @notice A new mandate, at once or with a trial, some with an end.
    function subscribe(uint256 who, uint256 plan, uint256 maximum, uint256 trial) public {
        if (mandates.length == MOST_MANDATES) return;
        Mandate memory terms = Mandate({
            uuid: bytes16(keccak256(abi.encode(nonces))),
            subscriber: subscriber(who),
            maxPerPeriod: 1 + maximum % 100e6,
            priceMicroUsd: 0,
            firstChargeAt: uint64(block.timestamp + (trial % 2 == 0 ? 0 : trial % 20 days)),
            endsAt: 0,
            nonce: nonces++,
            plan: plans[plan % PLANS]
        });
        if (trial % 5 == 1) terms.endsAt = terms.firstChargeAt + 100 days;
        bytes32 hash = MandateSigning.mandateHash(terms);
        known[hash].index = mandates.length;
        known[hash].maximum = terms.maxPerPeriod;
        mandates.push(terms);
        bytes memory signature = MandateSigning.sign(keyOf(who), address(subscriptions), hash);
        bytes32 change = changeOf(IQBitFlowSubscriptions.Activated.selector, hash, 0);
        remember(STRANGER, abi.encodeCall(subscriptions.activate, (terms, signature)), change);
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + time % 20 days);
    }

    function approve(uint256 who, uint256 token, uint256 amount) external {
        ITestToken spent = tokens[token % TOKENS];
        vm.prank(subscriber(who));
        spent.approve(address(subscriptions), 0);
        vm.prank(subscriber(who));
        spent.approve(address(subscriptions), amount % 4 == 0 ? amount % 50e6 : type(uint256).max);
    }

    function rotate(uint256 which, bool allowed) external {
        registry.setExecutor(executors[which % 2], allowed);
    }

    function charge(uint256 index, uint256 seed) external {
        Mandate memory terms = chosen(index);
        remember(senderOf(terms, seed), abi.encodeCall(subscriptions.charge, (terms, chargeOf(terms, seed))), 0);
    }

    function chargeGroup(uint256 index, uint256 seed) external {
        Mandate memory terms = chosen(index);
        ChargeGroup memory group = groupOf(terms, seed);
        remember(senderOf(terms, seed), abi.encodeCall(subscriptions.chargeGroup, (group, GAS_PER_TRANSFER)), 0);
    }

    function chargeBatch(uint256 index, uint256 seed) external {
        ChargeGroup[] memory groups = new ChargeGroup[](2);
        SingleCharge[] memory singles = new SingleCharge[](2);
        index %= MOST_MANDATES;
        for (uint256 i = 0; i < 2; i++) {
            groups[i] = groupOf(chosen(index + i), seed >> i);
            Mandate memory terms = chosen(index + 2 + i);
            singles[i] = SingleCharge(terms, chargeOf(terms, seed >> (i + 2)));
        }
        bytes memory data = abi.encodeCall(subscriptions.chargeBatch, (groups, singles, GAS_PER_TRANSFER));
        remember(senderOf(singles[0].mandate, seed), data, 0);
    }

    function setMaximum(uint256 index, uint256 maximum, bool relayed) external {
        Mandate memory terms = chosen(index);
        maximum = maximum % 8 == 0 ? maximum : maximum % 60e6;
        bytes32 hash = MandateSigning.mandateHash(terms);
        bytes32 planHash = MandateSigning.planHash(terms.plan);
        bytes32 change = changeOf(IQBitFlowSubscriptions.MaximumSet.selector, hash, maximum);
        if (!relayed) {
            bytes memory data =
                abi.encodeCall(subscriptions.setMaximum, (MandateSigning.headOf(terms), planHash, maximum));
            remember(terms.subscriber, data, change);
            return;
        }
        uint256 deadline = block.timestamp + 1 hours;
        bytes memory signature = signedBy(terms, MandateSigning.setMaximum(hash, maximum, nonceOf(hash), deadline));
        remember(
            STRANGER,
            abi.encodeCall(
                subscriptions.setMaximumSigned, (MandateSigning.headOf(terms), planHash, maximum, deadline, signature)
            ),
            change
        );
    }

    function stop(uint256 index, bool relayed) external {
        Mandate memory terms = chosen(index);
        bytes32 hash = MandateSigning.mandateHash(terms);
        bytes32 change = changeOf(IQBitFlowSubscriptions.Stopped.selector, hash, 0);
        if (!relayed) {
            remember(terms.subscriber, abi.encodeCall(subscriptions.stop, (terms)), change);
            return;
        }
        uint256 deadline = block.timestamp + 1 hours;
        bytes memory signature = signedBy(terms, MandateSigning.stop(hash, nonceOf(hash), deadline));
        remember(STRANGER, abi.encodeCall(subscriptions.stopSigned, (terms, deadline, signature)), change);
    }

    function cancel(uint256 index, uint256 way) external {
        Mandate memory terms = chosen(index);
        if (way % 4 == 0) {
            remember(senderOf(terms, way / 4), abi.encodeCall(subscriptions.cancelFor, (terms)), 0);
            return;
        }
        bytes32 hash = MandateSigning.mandateHash(terms);
        bytes32 planHash = MandateSigning.planHash(terms.plan);
        bytes32 change = changeOf(IQBitFlowSubscriptions.Cancelled.selector, hash, 0);
        if (way % 4 == 1) {
            bytes memory data = abi.encodeCall(subscriptions.cancel, (MandateSigning.headOf(terms), planHash));
            remember(terms.subscriber, data, change);
        } else if (way % 4 == 2) {
            uint256 deadline = block.timestamp + 1 hours;
            bytes memory signature = signedBy(terms, MandateSigning.cancel(hash, nonceOf(hash), deadline));
            remember(
                STRANGER,
                abi.encodeCall(
                    subscriptions.cancelSigned, (MandateSigning.headOf(terms), planHash, deadline, signature)
                ),
                change
            );
        }
    }

    /// @notice A call that was sent before, as it was or with one bit changed, by a billing key, a merchant or nobody.
    function attack(uint256 index, uint256 bit, uint256 seed) external {
        bytes memory data = bytes.concat(sent[index % sent.length]);
        if (bit % 2 == 0) {
            uint256 place = (bit / 2) % (data.length * 8);
            data[place / 8] ^= bytes1(uint8(1 << (place % 8)));
        }
        send(senderOf(chosen(index), seed), data, 0);
    }

    function remember(address sender, bytes memory data, bytes32 change) private {
        if (send(sender, data, change)) sent.push(data);
    }

    function chosen(uint256 index) private view returns (Mandate memory) {
        return mandates[index % mandates.length];
    }

    /// @notice Four in eight times a billing key that may, and else whoever.
    function senderOf(Mandate memory terms, uint256 seed) private view returns (address) {
        uint256 drawn = (seed >> 128) % 8;
        if (drawn < 4) return executors[0];
        if (drawn < 6) return executors[1];
        return drawn == 6 ? terms.plan.merchant : STRANGER;
    }

    function chargeOf(Mandate memory terms, uint256 seed) private view returns (Charge memory) {
        Plan memory plan = terms.plan;
        return Charge({
            period: periodOf(terms, seed),
            amount: amountOf(terms, seed),
            feeBps: seed % 8 == 0 ? plan.maxFeeBps + 1 : plan.maxFeeBps,
            executionFee: seed % 4 == 1 ? plan.maxExecutionFee + (seed >> 8) % 2 : 0,
            viaPermit2: (seed >> 48) % 4 == 1
        });
    }

    /// @notice Every mandate that there is: those of the plan are charged, and the others must not be.
    function groupOf(Mandate memory terms, uint256 seed) private view returns (ChargeGroup memory group) {
        Charge memory common = chargeOf(terms, seed);
        (group.plan, group.feeBps, group.executionFee) = (terms.plan, common.feeBps, common.executionFee);
        group.viaPermit2 = common.viaPermit2;
        group.charges = new GroupCharge[](mandates.length);
        for (uint256 i = 0; i < mandates.length; i++) {
            Mandate memory other = mandates[i];
            uint256 own = uint256(keccak256(abi.encode(seed, i)));
            group.charges[i] = GroupCharge(MandateSigning.headOf(other), periodOf(other, own), amountOf(other, own));
        }
    }

    function periodOf(Mandate memory terms, uint256 seed) private view returns (uint256) {
        (, uint256 running) = subscriptions.periodAt(terms, block.timestamp);
        uint256 drawn = (seed >> 16) % 16;
        if (drawn == 0) return running + 1;
        if (drawn == 1) return running == 0 ? seed : running - 1;
        return running;
    }

    function amountOf(Mandate memory terms, uint256 seed) private view returns (uint256) {
        uint256 maximum = known[MandateSigning.mandateHash(terms)].maximum;
        uint256 drawn = (seed >> 32) % 8;
        if (drawn == 0) return (seed >> 64) % 200e6;
        return drawn == 1 ? maximum : (seed >> 64) % (maximum < 2e6 ? 2 : maximum - 1e6);
    }

    function signedBy(Mandate memory terms, bytes32 structHash) private view returns (bytes memory) {
        for (uint256 i = 0; i < SUBSCRIBERS; i++) {
            if (subscriber(i) == terms.subscriber) {
                return MandateSigning.sign(keyOf(i), address(subscriptions), structHash);
            }
        }
        return "";
    }

    function nonceOf(bytes32 hash) private view returns (uint256) {
        return subscriptions.mandateState(hash).signatureNonce;
    }

    function keyOf(uint256 index) private pure returns (uint256) {
        return 0xACC0 + index % SUBSCRIBERS;
    }

    /// @notice Months and weeks, fixed and pay as you go, fees from none to a tenth, three tokens, two merchants.
    function planOf(uint256 index) private view returns (Plan memory) {
        return Plan({
            merchant: recipients[index % 2],
            token: address(tokens[index % 3]),
            kind: index < 3 ? 0 : 1,
            periodUnit: index % 4 == 0 ? 0 : 1,
            periodLength: index % 4 == 0 ? 7 days : 1,
            feeRecipient: recipients[2],
            maxFeeBps: uint16(index * 200),
            organization: recipients[3],
            organizationFeeBps: uint16(1000 - index * 200),
            registry: address(registry),
            maxExecutionFee: index % 2 == 0 ? 0 : 1e6
        });
    }
}
